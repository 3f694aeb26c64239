package io.github.keycloakmcp.tests.integration.broker;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.Agent;
import io.github.keycloakmcp.tests.client.ClientCertificate;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpCall;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.client.WorkloadIssuer;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.ExampleServer;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakServers;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.Ports;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.ServerOptions;
import io.github.keycloakmcp.tests.server.TestCertificate;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Agents whose way in needs a server that is started for it: SPIFFE identities (a preview feature), and certificates. */
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "starts a server of its own")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentPlatformsIT {

    private static final String SUBJECT = "CN=triage, OU=Agents, O=Example";
    private static final String AUTHORITY = "CN=Authority, O=Example";
    private static final String SPIFFE_ID = "spiffe://" + WorkloadIssuer.TRUST_DOMAIN + "/ns/bots/sa/triage";

    private final WorkloadIssuer spire = WorkloadIssuer.start();
    private final int tlsPort = Ports.free();
    private KeycloakServer keycloak;
    private ExampleServer a;
    private ExampleServer b;
    private McpRealm realm;
    private Agent agent;
    private ClientCertificate certificate;

    @BeforeAll
    void start(@TempDir Path folder) {
        certificate = ClientCertificate.signed(folder, SUBJECT, AUTHORITY);
        int port = Ports.free();
        TestCertificate own = TestCertificate.ofThisRun();
        // The issuer is the same wherever the request arrives.
        keycloak = KeycloakServers.start(ServerOptions.ofTestRun()
                .named("agents")
                .onPort(port)
                .withArguments(
                        "--features=spiffe",
                        "--hostname=http://127.0.0.1:" + port,
                        "--http-management-scheme=http",
                        "--https-client-auth=request",
                        "--https-port=" + tlsPort,
                        "--https-key-store-file=" + own.keys(),
                        "--https-key-store-password=" + TestCertificate.PASSWORD,
                        "--truststore-paths=" + own.certificate() + "," + certificate.authority()));
        int portA = Ports.free();
        int portB = Ports.free();
        ObjectNode template = RealmTemplate.read(TestSettings.realmConfig(), true)
                .resolved(Map.of(
                        "MCP_SERVERS", ExampleServer.resourceAt(portA) + "##" + ExampleServer.resourceAt(portB)));
        realm = McpRealm.create(keycloak, template, "agents");
        a = ExampleServer.start(portA, realm.issuer());
        b = ExampleServer.start(portB, realm.issuer());
        agent = Agent.of(realm);
        PartialImport.of("clients/agents-spiffe.json")
                .into(
                        realm,
                        Map.of(
                                "SPIFFE_TRUST_DOMAIN",
                                WorkloadIssuer.TRUST_DOMAIN,
                                "SPIFFE_BUNDLE_ENDPOINT",
                                spire.bundle(),
                                "AGENT_SPIFFE_ID",
                                SPIFFE_ID));
        PartialImport.of("clients/agents.json")
                .into(
                        realm,
                        Map.of(
                                "AGENT_SECRET",
                                "unused",
                                "AGENT_JWKS_URI",
                                "http://127.0.0.1:1/",
                                "AGENT_CERTIFICATE_SUBJECT",
                                SUBJECT,
                                "AGENT_CERTIFICATE_AUTHORITY",
                                AUTHORITY));
    }

    @AfterAll
    void stop() {
        spire.close();
        a.close();
        b.close();
        keycloak.close();
    }

    @Test
    void aSpiffeIdentityReachesAToolOfTheServerThatItNamesAndNoOther() {
        assertOpensOnlyA(withSvid(SPIFFE_ID, a.resource()).tokens(), "agent-spiffe");
    }

    @Test
    void anotherSpiffeIdentityAndAnotherServerAreRefused() {
        assertInvalidClient(withSvid(SPIFFE_ID + "/other", a.resource()));
        assertInvalidClient(withSvid("spiffe://other.example/ns/bots/sa/triage", a.resource()));
        ErrorAssertion.assertRefused(withSvid(SPIFFE_ID, URI.create("https://evil.example/mcp")), 400)
                .hasError("invalid_target");
        String forElsewhere = spire.svid(SPIFFE_ID, "https://elsewhere.example");
        assertInvalidClient(agent.ask(Agent.SVID, forElsewhere, a.resource().toString()));
    }

    /** SPIRE hands out the same document until it is about to expire, and Keycloak accepts it that long. */
    @Test
    void aSpiffeIdentityCountsUntilItExpiresOrIsNoLongerTrusted() {
        String svid = spire.svid(SPIFFE_ID, realm.issuer().toString());
        agent.ask(Agent.SVID, svid, a.resource().toString()).tokens();
        agent.ask(Agent.SVID, svid, a.resource().toString()).tokens();
        String path = "/identity-provider/instances/spiffe";
        ObjectNode provider = realm.read(path).deepCopy();
        AdminApi.succeeded("PUT", path, realm.put(path, provider.put("enabled", false)));
        try {
            assertInvalidClient(agent.ask(Agent.SVID, svid, a.resource().toString()));
        } finally {
            AdminApi.succeeded("PUT", path, realm.put(path, provider.put("enabled", true)));
        }
    }

    @Test
    void aCertificateReachesAToolOfTheServerThatItNamesAndNoOther() {
        assertOpensOnlyA(withCertificate(certificate, a.resource()).tokens(), "agent-certificate");
        ErrorAssertion.assertRefused(withCertificate(certificate, URI.create("https://evil.example/mcp")), 400)
                .hasError("invalid_target");
    }

    @Test
    void noCertificateAndOneOfAnotherNameAreRefused() {
        assertInvalidClient(agent.post(form(a.resource())));
        realm.clients()
                .edit(
                        "agent-certificate",
                        client -> ((ObjectNode) client.path("attributes"))
                                .put("x509.subjectdn", "CN=other, OU=Agents, O=Example"));
        try {
            assertInvalidClient(withCertificate(certificate, a.resource()));
        } finally {
            realm.clients()
                    .edit(
                            "agent-certificate",
                            client -> ((ObjectNode) client.path("attributes")).put("x509.subjectdn", SUBJECT));
        }
    }

    @Test
    void aClientThatIsDisabledGetsNothingForItsCertificate() {
        realm.clients().edit("agent-certificate", client -> client.put("enabled", false));
        try {
            assertInvalidClient(withCertificate(certificate, a.resource()));
        } finally {
            realm.clients().edit("agent-certificate", client -> client.put("enabled", true));
        }
    }

    private void assertOpensOnlyA(Tokens tokens, String client) {
        TokenAssertion.assertThat(tokens)
                .isFor(a.resource().toString())
                .hasScopes("mcp:tools")
                .hasClaim("azp", client);
        assertThat(McpCall.on(a.resource()).with(tokens).whoami().status()).isEqualTo(200);
        assertThat(McpCall.on(b.resource()).with(tokens).whoami().status()).isEqualTo(401);
    }

    private TokenReply withSvid(String id, URI resource) {
        return agent.ask(Agent.SVID, spire.svid(id, realm.issuer().toString()), resource.toString());
    }

    private TokenReply withCertificate(ClientCertificate shown, URI resource) {
        URI endpoint = agent.server().tokenEndpoint();
        HttpReply reply =
                shown.post(URI.create("https://localhost:" + tlsPort + endpoint.getRawPath()), form(resource));
        return new TokenReply(reply);
    }

    private static Form form(URI resource) {
        return Form.of(
                "grant_type", "client_credentials", "client_id", "agent-certificate", "resource", resource.toString());
    }

    private static void assertInvalidClient(TokenReply reply) {
        assertThat(reply.status()).as(reply.reply().bodyWithoutTokens()).isIn(400, 401);
        assertThat(reply.error()).contains("invalid_client");
    }
}
