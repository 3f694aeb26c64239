package io.github.keycloakmcp.tests.integration.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A realm that was made without the realm file: it keeps Keycloak's own metadata until something of the extension is
 * switched on there, and then says no more than it can keep.
 */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherRealmsIT {

    private static final String SCOPE = """
            {"name": "mcp:tools", "protocol": "openid-connect", "protocolMappers": [{"name": "servers",
              "protocol": "openid-connect", "protocolMapper": "mcp-resource-audience",
              "config": {"mcp-servers": "https://only.example/mcp"}}]}
            """;

    private static final String POLICY = """
            {"policies": [{"name": "documents", "enabled": %s, "profiles": ["documents"],
              "conditions": [{"condition": "any-client", "configuration": {}}]}]}
            """;

    private static final String POLICIES = "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy";

    private McpRealm stock;
    private McpRealm extended;

    @BeforeAll
    void create(McpRealm neighbour) {
        stock = McpRealm.create(neighbour.server(), Json.object(), neighbour.name() + "-stock");
        extended = McpRealm.create(neighbour.server(), Json.object(), neighbour.name() + "-extended");
        extended.scopes().create(SCOPE);
    }

    @AfterAll
    void remove() {
        stock.close();
        extended.close();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "OPENID_INSERTED")
    void aRealmWithoutTheExtensionKeepsKeycloaksWords(Location location) {
        JsonNode document = location.read(stock.issuer()).json();
        assertThat(Json.texts(document.path("code_challenge_methods_supported")))
                .containsExactly("plain", "S256");
        assertThat(Json.texts(document.path("response_types_supported"))).hasSize(8);
        assertThat(Json.texts(document.path("scopes_supported"))).contains("roles", "web-origins", "openid");
        assertThat(Json.texts(document.path("grant_types_supported")))
                .containsExactlyInAnyOrderElementsOf(keycloaksGrants());
        assertThat(document.has("protected_resources")).isFalse();
    }

    @Test
    void aScopeThatOpensMcpServersIsEnoughToNarrowIt() {
        JsonNode document = Location.document(extended.issuer());
        assertThat(Json.texts(document.path("code_challenge_methods_supported")))
                .containsExactly("S256");
        assertThat(Json.texts(document.path("response_types_supported"))).containsExactly("code");
        assertThat(Json.texts(document.path("token_endpoint_auth_methods_supported")))
                .contains("none");
    }

    @Test
    void theRealmsPlumbingIsNotOfferedAsScope() {
        assertThat(Json.texts(Location.document(extended.issuer()).path("scopes_supported")))
                .contains("openid", "mcp:tools", "profile", "offline_access")
                .doesNotContain("roles", "web-origins", "acr", "basic", "service_account");
    }

    @Test
    void whatItOffersAsScopeCanBeAskedFor() {
        for (JsonNode policy : extended.read("/components?type=" + POLICIES)) {
            String path = "/components/" + policy.path("id").asText();
            AdminApi.succeeded("DELETE", path, extended.delete(path));
        }
        AdminApi.succeeded("POST", "/components", extended.post("/components", """
                {"name": "MCP", "providerId": "mcp-client-registration", "subType": "anonymous",
                 "providerType": "%s", "config": {}}
                """.formatted(POLICIES)));
        AdminApi.succeeded("POST", "/users", extended.post("/users", """
                {"username": "carol", "enabled": true, "email": "carol@example.com", "firstName": "C", "lastName": "D",
                 "credentials": [{"type": "password", "value": "carol"}]}
                """));
        List<String> scopes = Json.texts(Location.document(extended.issuer()).path("scopes_supported"));
        McpClient client = McpClient.of(extended).registered(ClientMetadata.named("Asks for everything"));
        TokenAssertion.assertThat(client.obtain(
                        Browser.of("carol"),
                        client.authorization()
                                .resource("https://only.example/mcp")
                                .scope(String.join(" ", scopes))))
                .isFor("https://only.example/mcp")
                .hasScopes("openid", "mcp:tools", "profile", "offline_access");
    }

    @Test
    void metadataDocumentsAreOfferedExactlyWhileAnEnabledPolicyReadsThem(McpRealm neighbour) {
        assertThat(executors(neighbour)).contains("mcp-client-id-metadata-document");
        try (McpRealm realm = McpRealm.create(neighbour.server(), Json.object(), neighbour.name() + "-documents")) {
            assertThat(offersDocuments(realm)).isFalse();
            write(realm, "profiles", """
                    {"profiles": [{"name": "documents", "executors": [
                      {"executor": "mcp-client-id-metadata-document", "configuration": {}}]}]}
                    """);
            assertThat(offersDocuments(realm)).isFalse();
            write(realm, "policies", POLICY.formatted(true));
            assertThat(offersDocuments(realm)).isTrue();
            write(realm, "policies", POLICY.formatted(false));
            assertThat(offersDocuments(realm)).isFalse();
        }
    }

    private static boolean offersDocuments(McpRealm realm) {
        return Location.document(realm.issuer())
                .path("client_id_metadata_document_supported")
                .asBoolean();
    }

    private static void write(McpRealm realm, String what, String json) {
        String path = "/client-policies/" + what;
        AdminApi.succeeded("PUT", path, realm.put(path, json));
    }

    private static List<String> executors(McpRealm realm) {
        return names(realm, "client-policy-executor");
    }

    /** Every grant that the server has a provider for, and the one that has none. */
    private List<String> keycloaksGrants() {
        List<String> grants = new ArrayList<>(names(stock, "oauth2-grant-type"));
        grants.add("implicit");
        return grants;
    }

    /** The providers that the server has of a kind. */
    private static List<String> names(McpRealm realm, String spi) {
        JsonNode providers = new AdminApi(realm.server()).serverInfo().at("/providers/" + spi + "/providers");
        return providers.properties().stream().map(Map.Entry::getKey).toList();
    }
}
