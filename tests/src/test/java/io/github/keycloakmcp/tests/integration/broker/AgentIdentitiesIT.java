package io.github.keycloakmcp.tests.integration.broker;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.Agent;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpCall;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.client.SigningKey;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.client.WorkloadIssuer;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Agents that have no secret: each shows what it has anyway, reaches a tool of the MCP server that it names, and no other.
 * The clients are those of {@code realm-config/clients}, each file imported by one call.
 */
@KeycloakTest(exampleServers = 2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentIdentitiesIT {

    private static final String ROLE = "uses-server-a";
    private static final String KEYS = "agent-with-keys-in-keycloak";

    /** What an agent shows, and whether Keycloak accepts the same statement again. */
    enum Method {
        KUBERNETES("agent-kubernetes", true),
        OIDC("agent-oidc", false),
        KEY_BY_URL("agent-key", false),
        KEY(KEYS, false);

        private final String client;
        private final boolean reusable;

        Method(String client, boolean reusable) {
            this.client = client;
            this.reusable = reusable;
        }
    }

    private final AgentKey key = new AgentKey();
    private final SigningKey storedKey = SigningKey.generate();
    private final WorkloadIssuer cluster = WorkloadIssuer.start();
    private McpRealm realm;
    private McpRealm platform;
    private URI a;
    private URI b;
    private Agent agent;

    @BeforeAll
    void importTheFiles(McpRealm ours, KeycloakServer server, ExampleServers servers) {
        realm = ours;
        a = servers.a().resource();
        b = servers.b().resource();
        agent = Agent.of(ours);
        platform =
                McpRealm.create(server, Json.parseObject("""
                {"clients": [{"clientId": "robot", "secret": "robot", "serviceAccountsEnabled": true,
                  "standardFlowEnabled": false, "fullScopeAllowed": false, "defaultClientScopes": ["basic"],
                  "protocolMappers": [{"name": "for the MCP realm", "protocol": "openid-connect",
                    "protocolMapper": "oidc-audience-mapper",
                    "config": {"included.custom.audience": "%s", "access.token.claim": "true"}}]}]}
                """.formatted(ours.issuer())), "platform-of-" + ours.name());
        added("clients/agents.json", Map.of("AGENT_SECRET", "unused", "AGENT_JWKS_URI", key.jwksUri()));
        added(
                "clients/agents-kubernetes.json",
                Map.of(
                        "KUBERNETES_ISSUER",
                        cluster.url(),
                        "AGENT_NAMESPACE",
                        "bots",
                        "AGENT_SERVICE_ACCOUNT",
                        "triage"));
        added(
                "clients/agents-oidc.json",
                Map.of(
                        "PLATFORM_ISSUER", platform.issuer().toString(),
                        "PLATFORM_JWKS_URI", platform.issuer() + "/protocol/openid-connect/certs",
                        "AGENT_SUBJECT", platform.userId("service-account-robot")));
        ours.clients().create("""
                {"clientId": "%s", "publicClient": false, "standardFlowEnabled": false, "serviceAccountsEnabled": true,
                 "clientAuthenticatorType": "client-jwt", "fullScopeAllowed": false,
                 "defaultClientScopes": ["basic", "mcp:tools"],
                 "attributes": {"use.jwks.string": "true", "jwks.string": %s}}
                """.formatted(KEYS, Json.tree(storedKey.jwks())));
        AdminApi.succeeded("POST", "/roles", ours.post("/roles", "{\"name\": \"%s\"}".formatted(ROLE)));
        ours.clients().create("""
                {"clientId": "%s", "secret": "secret", "publicClient": false, "standardFlowEnabled": false,
                 "attributes": {"mcp.required-role": "%s"}}
                """.formatted(b, ROLE));
    }

    @AfterAll
    void stop() {
        key.close();
        cluster.close();
        platform.close();
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void itReachesAToolOfTheServerThatItNamesAndNoOther(Method method) {
        Tokens tokens = ask(statement(method), a.toString()).tokens();
        TokenAssertion.assertThat(tokens)
                .isFor(a.toString())
                .hasScopes("mcp:tools")
                .hasClaim("sub", realm.userId("service-account-" + method.client));
        assertThat(tokens.refreshToken()).isEmpty();
        assertThat(McpCall.on(a).with(tokens).whoami().status()).isEqualTo(200);
        assertThat(McpCall.on(b).with(tokens).whoami().status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void aServerThatIsNotDeclaredIsRefused(Method method) {
        ErrorAssertion.assertRefused(ask(statement(method), "https://evil.example/mcp"), 400)
                .hasError("invalid_target");
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void aStatementCountsOnceExceptATokenOfKubernetes(Method method) {
        String statement = statement(method);
        ask(statement, a.toString()).tokens();
        TokenReply again = ask(statement, a.toString());
        if (method.reusable) {
            again.tokens();
        } else {
            assertInvalidClient(again);
        }
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void aRoleThatIsTakenAwayClosesTheServer(Method method) {
        String account = "service-account-" + method.client;
        realm.role(account, ROLE, true);
        TokenAssertion.assertThat(ask(statement(method), b.toString()).tokens()).isFor(b.toString());
        realm.role(account, ROLE, false);
        ErrorAssertion.assertRefused(ask(statement(method), b.toString()), 400).hasError("access_denied");
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void aClientThatIsDisabledGetsNothing(Method method) {
        realm.clients().edit(method.client, client -> client.put("enabled", false));
        try {
            assertInvalidClient(ask(statement(method), a.toString()));
        } finally {
            realm.clients().edit(method.client, client -> client.put("enabled", true));
        }
        ask(statement(method), a.toString()).tokens();
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"KUBERNETES", "OIDC"})
    void theAgentsOfAPlatformThatIsNoLongerTrustedGetNothing(Method method) {
        String path = "/identity-provider/instances/" + (method == Method.OIDC ? "agent-platform" : "kubernetes");
        trust(path, false);
        try {
            assertInvalidClient(ask(statement(method), a.toString()));
        } finally {
            trust(path, true);
        }
        ask(statement(method), a.toString()).tokens();
    }

    @Test
    void aTokenOfAClusterIsRefusedWhereAnythingOfItDiffers() {
        String issuer = realm.issuer().toString();
        long now = Instant.now().getEpochSecond();
        Map<String, Map<String, Object>> wrong = Map.of(
                "another issuer", Map.of("iss", "https://kubernetes.default.svc.cluster.local"),
                "for the cluster itself", Map.of("aud", "https://kubernetes.default.svc"),
                "for two", Map.of("aud", List.of(issuer, "https://vault.example")),
                "expired", Map.of("iat", now - 7200, "exp", now - 3600),
                "not yet valid", Map.of("nbf", now + 600),
                "older than an hour", Map.of("iat", now - 7200, "exp", now + 600));
        wrong.forEach((why, claims) ->
                assertInvalidClient(ask(cluster.serviceAccountToken("bots", "triage", issuer, claims), a.toString())));
        Stream.of("bots:other", "other:triage", "bots:triage2").forEach(account -> {
            String[] names = account.split(":", -1);
            assertInvalidClient(ask(cluster.serviceAccountToken(names[0], names[1], issuer, Map.of()), a.toString()));
        });
        String forged = SigningKey.generate()
                .sign(
                        Map.of("alg", "RS256", "kid", SigningKey.ID),
                        Json.tree(cluster.claims("bots", "triage", issuer, Map.of()))
                                .toString());
        assertInvalidClient(ask(forged, a.toString()));
    }

    private void added(String file, Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("AGENT_CERTIFICATE_SUBJECT", "CN=unused");
        all.put("AGENT_CERTIFICATE_AUTHORITY", "CN=unused");
        assertThat(PartialImport.of(file).into(realm, all).path("added").asInt())
                .as(file)
                .isPositive();
    }

    private String statement(Method method) {
        String issuer = realm.issuer().toString();
        return switch (method) {
            case KUBERNETES -> cluster.serviceAccountToken("bots", "triage", issuer, Map.of());
            case OIDC ->
                McpClient.of(platform)
                        .identifiedBy("robot", "robot", "")
                        .clientCredentials("")
                        .tokens()
                        .accessToken();
            case KEY_BY_URL -> key.assertion("agent-key", issuer);
            case KEY ->
                storedKey.sign(
                        "JWT",
                        Map.of(
                                "iss", KEYS,
                                "sub", KEYS,
                                "aud", issuer,
                                "jti", Pkce.random(),
                                "exp", Instant.now().plusSeconds(30).getEpochSecond()));
        };
    }

    private TokenReply ask(String statement, String resource) {
        return agent.ask(Agent.JWT, statement, resource);
    }

    private void trust(String path, boolean enabled) {
        ObjectNode provider = realm.read(path).deepCopy();
        AdminApi.succeeded("PUT", path, realm.put(path, provider.put("enabled", enabled)));
    }

    private static void assertInvalidClient(TokenReply reply) {
        assertThat(reply.status()).as(reply.reply().bodyWithoutTokens()).isIn(400, 401);
        assertThat(reply.error()).contains("invalid_client");
    }
}
