package io.github.keycloakmcp.tests.realclients;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpCall;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Access tokens signed with another algorithm than RS256, by the administrator's choice: for the realm, or for one client. The
 * metadata and the keys say so, and MCP servers verify them.
 */
@KeycloakTest(exampleServers = 1)
@ResourceLock(NodeScript.COMPUTER)
class SigningAlgorithmIT {

    private static final String MACHINE = "demo-machine";

    private final McpRealm realm;
    private final String resource;
    private final McpCall example;
    private final McpClient machine;

    SigningAlgorithmIT(McpRealm realm, ExampleServers servers) {
        this.realm = realm;
        this.resource = servers.a().resource().toString();
        this.example = McpCall.on(servers.a().resource());
        this.machine = McpClient.of(realm).identifiedBy(MACHINE, "demo-machine-secret", "");
    }

    @Test
    void theRealmsAlgorithmSignsEveryTokenAndServersVerifyIt() {
        sign("ES256", "");
        Tokens ofMachine = machine.clientCredentials("", resource).tokens();
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Signed"));
        Tokens first = client.obtain(Browser.of("alice"), client.authorization().resource(resource));
        Tokens refreshed = client.refresh(first.refresh(), resource).tokens();
        for (Tokens tokens : List.of(ofMachine, first, refreshed)) {
            TokenAssertion.assertThat(tokens).isFor(resource);
            assertThat(header(tokens).path("alg").asText()).isEqualTo("ES256");
            assertThat(example.with(tokens).whoami().status()).isEqualTo(200);
        }
        assertAdvertised("ES256", ofMachine);
        assertThat(verified(ofMachine, first, refreshed)).allSatisfy(token -> assertVerified(token, "ES256"));
    }

    /** A server whose library lacks the algorithm rejects the token; the example server's does, for EdDSA. */
    @ParameterizedTest
    @ValueSource(strings = {"ES256", "EdDSA"})
    void aClientsAlgorithmSignsItsTokensOnly(String algorithm) {
        sign("", algorithm);
        Tokens own = machine.clientCredentials("", resource).tokens();
        assertThat(header(own).path("alg").asText()).isEqualTo(algorithm);
        assertAdvertised(algorithm, own);
        assertThat(verified(own)).allSatisfy(token -> assertVerified(token, algorithm));
        assertThat(example.with(own).whoami().status()).isEqualTo(algorithm.equals("EdDSA") ? 401 : 200);
        McpClient other = McpClient.of(realm).registered(ClientMetadata.unique("Other"));
        Tokens others = other.obtain(Browser.of("alice"), other.authorization().resource(resource));
        assertThat(header(others).path("alg").asText()).isEqualTo("RS256");
    }

    /** The realm's algorithm, and that of the machine's access tokens; an empty text for Keycloak's default. */
    private void sign(String ofRealm, String ofMachine) {
        realm.update(Json.object().put("defaultSignatureAlgorithm", ofRealm).toString());
        realm.clients()
                .edit(
                        MACHINE,
                        client -> client.withObject("/attributes").put("access.token.signed.response.alg", ofMachine));
    }

    /** The metadata list the algorithm, and the key that signed the token is published for it. */
    private void assertAdvertised(String algorithm, Tokens tokens) {
        McpClient reader = McpClient.of(realm);
        assertThat(reader.server().list("id_token_signing_alg_values_supported"))
                .contains(algorithm);
        JsonNode keys =
                reader.http().get(reader.server().endpoint("jwks_uri")).json().path("keys");
        String signedWith = header(tokens).path("kid").asText();
        assertThat(StreamSupport.stream(keys.spliterator(), false)
                        .filter(key -> key.path("kid").asText().equals(signedWith))
                        .map(key -> key.path("alg").asText()))
                .containsExactly(algorithm);
    }

    private JsonNode verified(Tokens... tokens) {
        String[] options = new String[tokens.length + 2];
        options[0] = "--issuer=" + realm.issuer();
        options[1] = "--resource=" + resource;
        for (int i = 0; i < tokens.length; i++) {
            options[i + 2] = "--token=" + tokens[i].accessToken();
        }
        JsonNode verified = new NodeScript("resource-server.mjs").run(options).path("tokens");
        assertThat(verified).hasSize(tokens.length);
        return verified;
    }

    private static void assertVerified(JsonNode token, String algorithm) {
        assertThat(token.path("algorithm").asText()).isEqualTo(algorithm);
        assertThat(token.path("sdk1").asInt()).isEqualTo(200);
        assertThat(token.path("sdk2").asInt()).isEqualTo(200);
    }

    private static JsonNode header(Tokens tokens) {
        String header = tokens.accessToken().split("\\.", 2)[0];
        return Json.parse(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8));
    }
}
