package io.github.keycloakmcp.tests.integration.broker;

import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.Agent;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpCall;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.client.WorkloadIssuer;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Workload Identity Federation as drafted: the token of the platform, a server, and no client id. */
@KeycloakTest(exampleServers = 2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledIfSystemProperty(
        named = "keycloak.version",
        matches = "26\\.6\\..*",
        disabledReason = "asks for a client before the grant is asked")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
class WorkloadsIT {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String CLIENT = "agent-workload";
    private static final String ACCOUNT = "service-account-" + CLIENT;
    private static final String PROVIDER = "/identity-provider/instances/kubernetes";
    private static final String ROLE = "uses-server-a";

    private final WorkloadIssuer cluster = WorkloadIssuer.start();
    private McpRealm realm;
    private Agent agent;
    private URI a;
    private URI b;

    @BeforeAll
    void trustTheCluster(McpRealm ours, ExampleServers servers) {
        realm = ours;
        agent = Agent.of(ours);
        a = servers.a().resource();
        b = servers.b().resource();
        PartialImport.of("clients/agents-workload.json")
                .into(
                        ours,
                        Map.of(
                                "KUBERNETES_ISSUER",
                                cluster.url(),
                                "AGENT_NAMESPACE",
                                "bots",
                                "AGENT_SERVICE_ACCOUNT",
                                "triage",
                                "MCP_SERVER",
                                a.toString()));
        AdminApi.succeeded("POST", "/roles", ours.post("/roles", "{\"name\": \"%s\"}".formatted(ROLE)));
        ours.clients().create("""
                {"clientId": "%s", "secret": "secret", "publicClient": false, "standardFlowEnabled": false,
                 "attributes": {"mcp.required-role": "%s"}}
                """.formatted(a, ROLE));
    }

    @BeforeEach
    void everythingIsAllowed() {
        realm.role(ACCOUNT, ROLE, true);
        realm.clearEvents();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void itReachesAToolOfItsServerAndNoOther() {
        assertThat(agent.server().list("grant_types_supported")).contains(GRANT);
        Tokens tokens = present(token(Map.of()), a.toString()).tokens();
        TokenAssertion.assertThat(tokens)
                .isFor(a.toString())
                .hasScopes("mcp:tools")
                .hasClaim("azp", CLIENT)
                .hasClaim("sub", realm.userId(ACCOUNT));
        assertThat(tokens.refreshToken()).isEmpty();
        assertThat(McpCall.on(a).with(tokens).whoami().status()).isEqualTo(200);
        assertThat(McpCall.on(b).with(tokens).whoami().status()).isEqualTo(401);
        assertThat(realm.events("JWT_AUTHORIZATION_GRANT"))
                .singleElement()
                .satisfies(event -> assertThat(event.details())
                        .containsEntry("identity_provider", "kubernetes")
                        .containsEntry("identity_provider_issuer", cluster.url())
                        .containsValue("system:serviceaccount:bots:triage")
                        .containsEntry("client_auth_method", "federated-jwt")
                        .containsEntry("mcp_resource", a.toString()));
    }

    @Test
    void aTokenCountsOnceAndNotWhereNothingWasIssued() {
        String token = token(Map.of());
        assertRefused(present(token, b.toString()), "workload-server-refused");
        realm.role(ACCOUNT, ROLE, false);
        ErrorAssertion.assertRefused(present(token, a.toString()), 400).hasError("access_denied");
        ErrorAssertion.assertRefused(agent.post(form(token, a.toString()).with("scope", "no-such-scope")), 400)
                .hasError("invalid_scope");
        realm.role(ACCOUNT, ROLE, true);
        present(token, a.toString()).tokens();
        realm.clearEvents();
        assertRefused(present(token, a.toString()), "workload-token-used");
    }

    @Test
    void theTokenDoesNotOutliveThatOfTheWorkload() {
        long soon = System.currentTimeMillis() / 1000 + 30;
        Tokens tokens = present(token(Map.of("exp", soon)), a.toString()).tokens();
        assertThat(tokens.claim("exp")).isEqualTo(Long.toString(soon));
    }

    @Test
    void theIdentityProviderCanAllowThatATokenIsUsedAgain() {
        provider(config -> config.put("supportsClientAssertionReuse", "true"));
        try {
            String token = token(Map.of());
            present(token, a.toString()).tokens();
            present(token, a.toString()).tokens();
        } finally {
            provider(config -> config.remove("supportsClientAssertionReuse"));
        }
    }

    @Test
    void aRequestWithoutAServerIsRefused() {
        assertRefused(agent.post(form(token(Map.of()), "")), "workload-server-refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bots:other", "other:triage", "bots:triage2", "bots:tria", "bots:triage:x", "bots:*"})
    void anotherWorkloadIsRefused(String account) {
        assertRefused(
                present(token(Map.of("sub", "system:serviceaccount:" + account)), a.toString()),
                "workload-not-trusted");
    }

    @Test
    void aClaimMustHaveTheValueThatTheClientDemands() {
        attribute("mcp.workload.claim.kubernetes.io.pod.name", "triage-0");
        try {
            present(token(Map.of()), a.toString()).tokens();
            realm.clearEvents();
            Map<String, Object> other = Map.of("kubernetes.io", Map.of("pod", Map.of("name", "triage-1")));
            assertRefused(present(token(other), a.toString()), "workload-not-trusted");
        } finally {
            attribute("mcp.workload.claim.kubernetes.io.pod.name", "");
        }
    }

    @Test
    void aWorkloadOfAnOpenIdConnectIssuerComesInByItsClaims() {
        try (WorkloadIssuer ci = WorkloadIssuer.start()) {
            PartialImport.of("clients/agents-oidc.json")
                    .into(
                            realm,
                            Map.of(
                                    "PLATFORM_ISSUER", ci.url(),
                                    "PLATFORM_JWKS_URI", ci.jwksUri(),
                                    "AGENT_SUBJECT", "project:triage"));
            realm.edit(
                    "/identity-provider/instances/agent-platform",
                    provider -> provider.withObject("/config").put("mcp.workloads", "true"));
            realm.clients()
                    .edit(
                            "agent-oidc",
                            client -> client.withObject("/attributes")
                                    .put("mcp.workload.servers", b.toString())
                                    .put("mcp.workload.claim.ref", "refs/heads/main"));
            TokenAssertion.assertThat(
                            present(ofJob(ci, "refs/heads/main"), b.toString()).tokens())
                    .isFor(b.toString())
                    .hasClaim("azp", "agent-oidc");
            assertRefused(present(ofJob(ci, "refs/heads/feature"), b.toString()), "workload-not-trusted");
            assertRefused(present(ofJob(ci, "refs/heads/main"), a.toString()), "workload-server-refused");
        }
    }

    private String ofJob(WorkloadIssuer ci, String ref) {
        String endpoint = agent.server().tokenEndpoint().toString();
        return ci.sign(ci.claims("jobs", "triage", endpoint, Map.of("sub", "project:triage", "ref", ref)));
    }

    @Test
    void itsRightsGoWithTheTrust() {
        String users = "/users/" + realm.userId(ACCOUNT);
        gone(
                "workload-not-trusted",
                () -> attribute("mcp.workload.servers", ""),
                () -> attribute("mcp.workload.servers", a.toString()));
        gone(
                "workload-server-refused",
                () -> attribute("mcp.workload.servers", b.toString()),
                () -> attribute("mcp.workload.servers", a.toString()));
        gone(
                "workload-not-trusted",
                () -> realm.clients().edit(CLIENT, client -> client.put("enabled", false)),
                () -> realm.clients().edit(CLIENT, client -> client.put("enabled", true)));
        gone(
                "workload-not-trusted",
                () -> realm.edit(users, user -> user.put("enabled", false)),
                () -> realm.edit(users, user -> user.put("enabled", true)));
    }

    @Test
    void whereNoPlatformIsTrustedKeycloakAsksForAClientAsEver() {
        provider(config -> config.put("mcp.workloads", "false"));
        try {
            ErrorAssertion.assertRefused(present(token(Map.of()), a.toString()), 401)
                    .hasError("invalid_client");
        } finally {
            provider(config -> config.put("mcp.workloads", "true"));
        }
        present(token(Map.of()), a.toString()).tokens();
    }

    @Test
    void aRequestThatNamesItsClientIsLeftToKeycloak() {
        Form form = form(token(Map.of()), a.toString());
        ErrorAssertion.assertRefused(agent.post(form.with("client_id", CLIENT)), 401)
                .hasError("invalid_client");
        String statement =
                cluster.serviceAccountToken("bots", "triage", realm.issuer().toString(), Map.of());
        TokenAssertion.assertThat(agent.ask(Agent.JWT, statement, b.toString()).tokens())
                .isFor(b.toString());
    }

    @Test
    void hostileTokensGetNothing() {
        HostileWorkload hostile = new HostileWorkload(cluster, agent.server().tokenEndpoint());
        Map<String, String> all = hostile.all();
        assertThat(all).hasSizeGreaterThan(60);
        SoftAssertions softly = new SoftAssertions();
        all.forEach((wrong, token) -> {
            TokenReply reply = present(token, a.toString());
            softly.assertThat(reply.status())
                    .as("%s: %s", wrong, reply.reply().bodyWithoutTokens())
                    .isEqualTo(400);
            softly.assertThat(reply.error()).as(wrong).contains("invalid_grant");
            softly.assertThat(reply.errorDescription()).as(wrong).isPresent();
        });
        softly.assertAll();
        assertThat(realm.events())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.type()).isEqualTo("JWT_AUTHORIZATION_GRANT_ERROR"))
                .allSatisfy(event -> assertThat(event.details()).containsKey("mcp_refusal"));
        present(token(Map.of()), a.toString()).tokens();
    }

    private void gone(String code, Runnable take, Runnable give) {
        take.run();
        try {
            realm.clearEvents();
            assertRefused(present(token(Map.of()), a.toString()), code);
        } finally {
            give.run();
        }
        present(token(Map.of()), a.toString()).tokens();
    }

    private void assertRefused(TokenReply reply, String code) {
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_grant").notSaying("mcp.");
        assertThat(realm.events("JWT_AUTHORIZATION_GRANT_ERROR"))
                .as(code)
                .anySatisfy(event -> assertThat(event.details()).containsEntry("mcp_refusal", code));
    }

    private String token(Map<String, Object> changes) {
        return cluster.serviceAccountToken(
                "bots", "triage", agent.server().tokenEndpoint().toString(), changes);
    }

    private TokenReply present(String token, String resource) {
        return agent.post(form(token, resource));
    }

    private static Form form(String token, String resource) {
        return Form.of("grant_type", GRANT, "assertion", token, "resource", resource);
    }

    private void attribute(String name, String value) {
        realm.clients().edit(CLIENT, client -> client.withObject("/attributes").put(name, value));
    }

    private void provider(Consumer<ObjectNode> change) {
        realm.edit(PROVIDER, provider -> change.accept(provider.withObject("/config")));
    }
}
