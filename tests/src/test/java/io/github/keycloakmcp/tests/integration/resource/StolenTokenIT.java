package io.github.keycloakmcp.tests.integration.resource;

import java.net.URI;
import java.util.Map;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.DpopKey;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpCall;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.ExampleServer;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/** A token of Keycloak that is bound to a key opens the example server for the holder of the key, and for no thief. */
@KeycloakTest(exampleServers = 3)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StolenTokenIT {

    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"whoami\",\"arguments\":{}}}";

    private final DpopKey key = DpopKey.generate();
    private final DpopKey thief = DpopKey.generate();
    private McpRealm realm;
    private ExampleServers servers;
    private URI resource;
    private Tokens tokens;

    @BeforeAll
    void obtain(McpRealm one, ExampleServers examples) {
        realm = one;
        servers = examples;
        resource = servers.a().resource();
        McpClient client = McpClient.of(realm)
                .registered(ClientMetadata.unique("Careful").with("dpop_bound_access_tokens", true))
                .proving(key);
        tokens = client.obtain(Browser.of("alice"), client.authorization().resource(resource.toString()));
        TokenAssertion.assertThat(tokens).isFor(resource.toString());
    }

    @Test
    void theHolderOfTheKeyCallsTools() {
        McpCall call = McpCall.on(resource).proving(key, tokens);
        assertThat(call.whoami().json().path("preferred_username").asText()).isEqualTo("alice");
        assertThat(call.tool("add", Map.of("a", 2, "b", 3)).text()).isEqualTo("5");
    }

    @Test
    void theTokenAloneIsWorthless() {
        assertThat(McpCall.on(resource).with(tokens).whoami().wwwAuthenticate().orElse(""))
                .startsWith("DPoP error=\"invalid_token\"")
                .contains("bound to a key");
        assertRefused(post("DPoP", "", CALL), "exactly one DPoP header");
    }

    @Test
    void aProofOfAnotherKeyIsRefused() {
        assertRefused(post("DPoP", thief.proof(resource, tokens.accessToken(), CALL), CALL), "bound to another key");
    }

    @Test
    void aProofThatWasReadOnItsWayOpensNoSecondCallAndNoOtherBody() {
        String proof = key.proof(resource, tokens.accessToken(), CALL);
        assertRefused(post("DPoP", proof, CALL.replace("whoami", "add")), "content_digest");
        assertThat(post("DPoP", proof, CALL).statusCode()).isNotEqualTo(401);
        assertRefused(post("DPoP", proof, CALL), "used before");
    }

    @Test
    void aProofForKeycloakIsNoneForTheServer() {
        URI endpoint = McpClient.of(realm).server().endpoint("token_endpoint");
        assertRefused(post("DPoP", key.proof("POST", endpoint), CALL), "claim htu");
        assertRefused(post("DPoP", key.proof("POST", resource), CALL), "claim ath");
    }

    @Test
    void aProofDoesNotMakeATokenForAnotherServer() {
        URI other = servers.b().resource();
        assertThat(McpCall.on(other)
                        .proving(key, tokens)
                        .whoami()
                        .wwwAuthenticate()
                        .orElse(""))
                .contains("invalid_token", "issued for another server");
    }

    @Test
    void aServerThatRequiresProofsRefusesBearerTokens() {
        URI strict = servers.all().get(2).resource();
        servers.all().get(2).close();
        try (ExampleServer server = ExampleServer.start(strict.getPort(), realm.issuer(), "--dpop=required")) {
            McpClient plain = McpClient.of(realm).registered(ClientMetadata.unique("Plain"));
            Tokens bearer =
                    plain.obtain(Browser.of("alice"), plain.authorization().resource(strict.toString()));
            assertThat(McpCall.on(server.resource()).with(bearer).whoami().wwwAuthenticate())
                    .hasValueSatisfying(challenge -> assertThat(challenge)
                            .startsWith("DPoP error=\"invalid_token\"")
                            .contains("only tokens that are bound to a key"));
            McpClient proven = plain.proving(key);
            Tokens bound =
                    proven.obtain(Browser.of("alice"), proven.authorization().resource(strict.toString()));
            assertThat(McpCall.on(strict).proving(key, bound).whoami().json().path("aud"))
                    .hasToString("[\"" + strict + "\"]");
        }
    }

    private HttpReply post(String scheme, String proof, String body) {
        Http http = Http.plain()
                .with("Accept", "application/json, text/event-stream")
                .with("Authorization", scheme + " " + tokens.accessToken());
        return (proof.isEmpty() ? http : http.with("DPoP", proof)).json("POST", resource, body);
    }

    private static void assertRefused(HttpReply reply, String reason) {
        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(reply.headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith("DPoP error=\"invalid_dpop_proof\"")
                .contains(reason);
    }
}
