package io.github.keycloakmcp.tests.integration.broker;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.AuthorizationServer;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpCall;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.McpReply;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Users who live at another OpenID provider, which lets nobody register: here a second realm that does not use the
 * extension. MCP clients know the first realm only.
 */
@KeycloakTest(exampleServers = 1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpstreamProviderIT {

    private static final String SECRET = "upstream-secret";

    private McpRealm realm;
    private McpRealm upstream;

    @BeforeAll
    void connectTheRealmToTheProvider(McpRealm ours) {
        realm = ours;
        upstream = McpRealm.create(realm.server(), Json.object(), realm.name() + "-upstream");
        AdminApi.succeeded("POST", "/users", upstream.post("/users", """
                {"username": "dora", "enabled": true, "email": "dora@upstream.example", "emailVerified": true,
                 "firstName": "Dora", "lastName": "Upstream", "credentials": [{"type": "password", "value": "dora"}]}
                """));
        upstream.clients().create("""
                {"clientId": "keycloak-mcp", "secret": "%s", "publicClient": false,
                 "redirectUris": ["%s/broker/upstream/endpoint"],
                 "attributes": {"pkce.code.challenge.method": "S256"}}
                """.formatted(SECRET, realm.issuer()));
        AuthorizationServer metadata = AuthorizationServer.discover(Http.plain(), upstream.issuer());
        JsonNode imported = PartialImport.of("upstream-idp/generic.json")
                .into(
                        realm,
                        Map.of(
                                "UPSTREAM_NAME",
                                "The company",
                                "UPSTREAM_ISSUER",
                                metadata.issuer().toString(),
                                "UPSTREAM_AUTHORIZATION_ENDPOINT",
                                metadata.authorizationEndpoint().toString(),
                                "UPSTREAM_TOKEN_ENDPOINT",
                                metadata.tokenEndpoint().toString(),
                                "UPSTREAM_JWKS_URI",
                                metadata.endpoint("jwks_uri").toString(),
                                "UPSTREAM_USERINFO_ENDPOINT",
                                metadata.endpoint("userinfo_endpoint").toString(),
                                "UPSTREAM_END_SESSION_ENDPOINT",
                                metadata.endpoint("end_session_endpoint").toString(),
                                "UPSTREAM_CLIENT_ID",
                                "keycloak-mcp",
                                "UPSTREAM_CLIENT_SECRET",
                                SECRET));
        assertThat(imported.path("added").asInt()).isOne();
    }

    @AfterAll
    void removeTheProvider() {
        upstream.close();
    }

    @Test
    void anMcpClientCannotRegisterWithTheProvider() {
        ErrorAssertion.assertRefused(McpClient.of(upstream).register(ClientMetadata.named("Direct")), 403);
    }

    @Test
    void aUserWhoExistsOnlyThereConnectsAnMcpClient(ExampleServers servers) {
        URI resource = servers.a().resource();
        McpClient client = McpClient.of(realm).registered(ClientMetadata.named("Editor"));
        Browser dora = new Browser("dora", "dora");
        AuthorizationRequest request = client.authorization().resource(resource.toString());
        Page ours = dora.open(request.uri());
        Page theirs = dora.open(link(ours, "#social-upstream"));
        assertThat(theirs.reply().uri().toString()).startsWith(upstream.issuer().toString());
        Page consent = dora.logIn(theirs);
        assertThat(consent.isConsent()).as(consent.text()).isTrue();
        AuthorizationReply answer = dora.accept(consent).answer();
        Tokens tokens = client.redeem(request, answer).tokens();
        TokenAssertion.assertThat(tokens)
                .isFor(resource.toString())
                .isOf("dora")
                .hasClaim("iss", realm.issuer().toString());
        McpReply who = McpCall.on(resource).with(tokens).whoami();
        assertThat(who.status()).isEqualTo(200);
        assertThat(who.json().path("preferred_username").asText()).isEqualTo("dora");
        TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens()).isFor(resource.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth0", "cognito", "okta", "entra-id"})
    void theFileOfAVendorIsTheTestedOneWithOtherValues(String vendor) {
        PartialImport file = PartialImport.of("upstream-idp/" + vendor + ".json");
        JsonNode theirs = provider(file);
        JsonNode tested = provider(PartialImport.of("upstream-idp/generic.json"));
        assertThat(names(theirs)).isEqualTo(names(tested));
        assertThat(names(theirs.path("config"))).isEqualTo(names(tested.path("config")));
        assertThat(file.into(realm, Map.of()).path("added").asInt()).isOne();
        JsonNode stored = realm.read("/identity-provider/instances/" + vendor);
        assertThat(stored.path("config").path("issuer").asText())
                .isEqualTo(theirs.path("config").path("issuer").asText());
        assertThat(stored.path("config").path("pkceMethod").asText()).isEqualTo("S256");
        assertThat(stored.path("storeToken").asBoolean()).isFalse();
    }

    private static JsonNode provider(PartialImport file) {
        return file.document().document().path("identityProviders").path(0);
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static URI link(Page page, String selector) {
        return URI.create(Objects.requireNonNull(page.document().selectFirst(selector), page.text())
                .absUrl("href"));
    }
}
