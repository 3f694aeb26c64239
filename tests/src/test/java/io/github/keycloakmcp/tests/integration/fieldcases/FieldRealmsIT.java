package io.github.keycloakmcp.tests.integration.fieldcases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.integration.admin.Diagnosis;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.tests.integration.fieldcases.FieldCase.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

/** Realms as people have them, enabled for MCP: they work, or the dry run and diagnosis name the cause and the fix. */
@KeycloakTest(demo = false)
class FieldRealmsIT {

    private static final String DOCUMENT = "{\"servers\": [\"" + SERVER + "\"], \"knownClients\": [\"*\"]}";
    private static final String MAPPER = "mcp-resource-audience";

    @Test
    void usersWithoutTheRoleGetTokensWithoutOfflineAccess(McpRealm neighbour) {
        try (McpRealm realm = FieldRealm.imported(neighbour, "hardened", "{}")) {
            FieldRealm.enable(realm, DOCUMENT);
            McpClient client =
                    McpClient.of(realm).registered(ClientMetadata.unique("SDK").scope("mcp:tools offline_access"));
            AuthorizationRequest request =
                    client.authorization().resource(SERVER).scope("mcp:tools offline_access");
            Tokens tokens = client.obtain(Browser.of("alice"), request);
            TokenAssertion.assertThat(tokens)
                    .isFor(SERVER)
                    .hasScopes("mcp:tools")
                    .lacksScopes("offline_access");
            TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens()).isFor(SERVER);
            AuthorizationRequest only = client.authorization().resource(SERVER).scope("offline_access");
            TokenAssertion.assertThat(client.obtain(Browser.of("alice"), only))
                    .isFor(SERVER)
                    .lacksScopes("offline_access");
        }
    }

    @Test
    void aPolicyForOAuth21IsNamedBeforeAndAfterItRefuses(McpRealm neighbour) {
        try (McpRealm realm = FieldRealm.create(neighbour, "oauth21", Json.parse("[]"), Json.parse(DOCUMENT))) {
            realm.edit(
                    "/client-policies/policies",
                    policies -> policies.withArray("policies").add(Json.parse("""
                            {"name": "oauth21", "enabled": true, "profiles": ["oauth-2-1-for-public-client"],
                             "conditions": [{"condition": "client-access-type", "configuration": {"type": ["public"]}}]}
                            """)));
            Diagnosis.warnings(realm.put("/mcp?dryRun=true", "{}"))
                    .names("client-policy-may-refuse", "oauth21", "secure-redirect-uris-enforcer", "loopback");
            Diagnosis.of(realm, "").names("client-policy-may-refuse", "oauth21", "Client policies");
            ErrorAssertion.assertRefused(
                    McpClient.of(realm)
                            .register(ClientMetadata.unique("Codex").redirects("http://127.0.0.1:7778/callback")),
                    403);
            Diagnosis.of(realm, "").explainsLastRefusal("client-policy-refuses", "Client policies");
            realm.edit(
                    "/client-policies/policies",
                    policies -> policies.path("policies").forEach(policy -> {
                        if (policy.path("name").asText().equals("oauth21")) {
                            ((ObjectNode) policy).put("enabled", false);
                        }
                    }));
            McpClient.of(realm).registered(ClientMetadata.unique("Codex").redirects("http://127.0.0.1:7778/callback"));
            Diagnosis.of(realm, "").namesNone("client-policy-may-refuse");
        }
    }

    @Test
    void anAudienceByNameIsReportedAndCanBeKeptForOneServer(McpRealm neighbour) {
        try (McpRealm realm = FieldRealm.create(
                neighbour,
                "named",
                Json.parse("""
                [{"name": "proxy", "assigned": "default", "mapper": {"protocolMapper": "oidc-audience-mapper",
                  "config": {"included.custom.audience": "mcp_proxy", "access.token.claim": "true"}}}]
                """),
                Json.parse("{\"servers\": [\"" + SERVER + "\", \"https://two.example.com/mcp\"]}"))) {
            Diagnosis.warnings(realm.put("/mcp?dryRun=true", "{}"))
                    .names("audience-replaced", "proxy/mapper (mcp_proxy)", "Additional audiences");
            McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Inspector"));
            TokenAssertion.assertThat(obtain(client, SERVER)).isFor(SERVER);
            keep(realm, "mcp_proxy " + SERVER);
            Tokens tokens = obtain(client, SERVER);
            TokenAssertion.assertThat(tokens).isFor(SERVER, "mcp_proxy");
            TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens()).isFor(SERVER, "mcp_proxy");
            TokenAssertion.assertThat(obtain(client, "https://two.example.com/mcp"))
                    .isFor("https://two.example.com/mcp");
            Diagnosis.of(realm, "").namesNone("audience-replaced");
            realm.clients().create("""
                    {"clientId": "mcp_proxy", "attributes": {"resource_url": "https://two.example.com/mcp"}}
                    """);
            TokenAssertion.assertThat(obtain(client, SERVER)).isFor(SERVER);
        }
    }

    @Test
    void aServerIntrospectsWithTheClientThatItHas(McpRealm neighbour) {
        try (McpRealm realm = FieldRealm.create(neighbour, "introspects", Json.parse("[]"), Json.parse(DOCUMENT))) {
            realm.clients().create("""
                    {"clientId": "mcp-server", "publicClient": false, "secret": "s", "standardFlowEnabled": false,
                     "attributes": {"resource_url": "%s"}}
                    """.formatted(SERVER));
            McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Any"));
            assertThat(introspect(realm, obtain(client, SERVER)).path("active").asBoolean())
                    .isFalse();
            Diagnosis.of(realm, "").names("resource-url-not-searched", "mcp-server", "Additional audiences");
            keep(realm, "mcp-server " + SERVER);
            JsonNode answer = introspect(realm, obtain(client, SERVER));
            assertThat(answer.path("active").asBoolean()).as(answer.toString()).isTrue();
            assertThat(Json.texts(answer.path("aud"))).containsExactlyInAnyOrder(SERVER, "mcp-server");
        }
    }

    @Test
    void aScopeThatIsAddedLaterReachesInstalledClients(McpRealm neighbour) {
        try (McpRealm realm = FieldRealm.create(neighbour, "later", Json.parse("[]"), Json.parse(DOCUMENT))) {
            McpClient client = McpClient.of(realm)
                    .registered(ClientMetadata.unique("Installed").scope("mcp:tools"));
            FieldRealm.add(realm, Json.parse("{\"name\": \"notes:read\", \"assigned\": \"optional\"}"));
            assertThat(client.server().list("scopes_supported")).isNotEmpty();
            assertThat(McpClient.of(realm).server().list("scopes_supported")).contains("notes:read");
            AuthorizationRequest request =
                    client.authorization().resource(SERVER).scope("mcp:tools notes:read");
            TokenAssertion.assertThat(client.obtain(Browser.of("alice"), request))
                    .isFor(SERVER)
                    .hasScopes("mcp:tools", "notes:read");
            assertThat(realm.clients().optionalScopes(client.clientId())).contains("notes:read");
            realm.scopes().create("{\"name\": \"hidden\", \"protocol\": \"openid-connect\"}");
            ErrorAssertion.assertRefused(Browser.of("alice")
                            .open(client.authorization()
                                    .resource(SERVER)
                                    .scope("mcp:tools hidden")
                                    .uri())
                            .answer())
                    .hasError("invalid_scope");
            assertThat(realm.clients().optionalScopes(client.clientId())).doesNotContain("hidden");
        }
    }

    @Test
    void aRealmFileWithoutTheBuiltInScopesLacksTheSubject(McpRealm neighbour) {
        try (McpRealm realm = FieldRealm.imported(
                neighbour, "bare", "{\"clientScopes\": [{\"name\": \"groups\", \"protocol\": \"openid-connect\"}]}")) {
            Diagnosis.warnings(realm.put("/mcp?dryRun=true", DOCUMENT))
                    .names("token-without-subject", "no sub", "basic");
            FieldRealm.enable(realm, DOCUMENT);
            McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Inspector"));
            assertThat(obtain(client, SERVER).access().claims().has("sub")).isFalse();
            FieldRealm.add(realm, Json.parse("""
                    {"name": "basic", "assigned": "default",
                     "mapper": {"protocolMapper": "oidc-sub-mapper", "config": {"access.token.claim": "true"}}}
                    """));
            Diagnosis.of(realm, "").namesNone("token-without-subject");
            McpClient next = McpClient.of(realm).registered(ClientMetadata.unique("Inspector"));
            assertThat(obtain(next, SERVER).access().claims().has("sub")).isTrue();
        }
    }

    @Test
    void anAdministratorsClientWithWildcardsIsNamedAndCanStillBeSaved(McpRealm neighbour) {
        try (McpRealm realm = FieldRealm.create(
                neighbour,
                "wildcards",
                Json.parse("[]"),
                Json.parse("{\"servers\": [\"http://localhost:9080/my-app/mcp\"]}"))) {
            realm.clients().create("""
                    {"clientId": "mcp-public-client", "publicClient": true,
                     "redirectUris": ["http://localhost:6274/*", "http://127.0.0.1:*"]}
                    """);
            Diagnosis.of(realm, "?client=mcp-public-client")
                    .names("client-redirect-not-exact", "http://localhost:6274/*", "http://127.0.0.1:*", "exact");
            String id = realm.clients().path("mcp-public-client");
            String scope = realm.scopes().get("mcp:tools").path("id").asText();
            AdminApi.succeeded("PUT", id, realm.put(id + "/default-client-scopes/" + scope, "{}"));
            Diagnosis.of(realm, "?client=mcp-public-client").names("client-redirect-not-exact");
            realm.clients().edit("mcp-public-client", client -> client.put("name", "Renamed"));
            McpClient client =
                    McpClient.of(realm).identifiedBy("mcp-public-client", null, "http://localhost:6274/oauth/callback");
            TokenAssertion.assertThat(client.obtain(
                            Browser.of("alice"),
                            client.authorization().pkce(Pkce.s256()).resource("http://localhost:9080/my-app/mcp")))
                    .isFor("http://localhost:9080/my-app/mcp");
        }
    }

    private static Tokens obtain(McpClient client, String server) {
        return client.obtain(Browser.of("alice"), client.authorization().resource(server));
    }

    private static JsonNode introspect(McpRealm realm, Tokens tokens) {
        return McpClient.of(realm)
                .identifiedBy("mcp-server", "s", "")
                .introspect(tokens.accessToken())
                .json();
    }

    private static void keep(McpRealm realm, String entry) {
        realm.scopes()
                .editMapper(
                        "mcp:tools",
                        MAPPER,
                        mapper -> mapper.withObject("/config").put("additional-audiences", entry));
    }
}
