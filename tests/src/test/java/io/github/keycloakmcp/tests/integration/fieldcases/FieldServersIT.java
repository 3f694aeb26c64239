package io.github.keycloakmcp.tests.integration.fieldcases;

import java.util.List;

import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.integration.admin.Diagnosis;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.keycloakmcp.tests.integration.fieldcases.FieldCase.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

/** Servers as people have them: below a path, one of many on a host, with a query in their URL; and clients of their own. */
@KeycloakTest(demo = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FieldServersIT {

    private static final String ORIGIN = "https://mcp.example.com/";
    private static final String TENANT = "https://gw.example.com/tenant-a/mcp";

    private McpRealm realm;

    @BeforeAll
    void make(McpRealm neighbour) {
        realm = FieldRealm.create(
                neighbour, "servers", Json.parse("[]"), Json.parse("{\"servers\": [\"" + SERVER + "\"]}"));
    }

    @AfterAll
    void remove() {
        realm.close();
    }

    @Test
    void anAliasFromTheSetUpDocumentLeadsToTheServer() {
        FieldRealm.enable(realm, "{\"aliases\": {\"%s\": \"%s\"}}".formatted(ORIGIN, SERVER));
        FieldRealm.enable(realm, "{}");
        assertThat(realm.read("/mcp").at("/document/aliases").path(ORIGIN).asText())
                .isEqualTo(SERVER);
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("ChatGPT"));
        Tokens tokens =
                client.obtain(Browser.of("alice"), client.authorization().resource(ORIGIN));
        TokenAssertion.assertThat(tokens).isFor(SERVER);
        TokenAssertion.assertThat(client.refresh(tokens.refresh(), ORIGIN).tokens())
                .isFor(SERVER);
        FieldRealm.enable(realm, "{\"aliases\": {}}");
        assertThat(realm.read("/mcp").path("pending")).isEmpty();
    }

    @Test
    void eachUriThatMatchesAPatternIsAnAudienceOfItsOwn() {
        FieldRealm.enable(realm, "{\"serverPatterns\": [\"https://gw.example.com/{id}/mcp\"]}");
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Tenant"));
        Tokens tokens =
                client.obtain(Browser.of("alice"), client.authorization().resource(TENANT));
        TokenAssertion.assertThat(tokens).isFor(TENANT);
        ErrorAssertion.assertRefused(client.refresh(tokens.refresh(), "https://gw.example.com/tenant-b/mcp"), 400)
                .hasError("invalid_target");
        TokenAssertion.assertThat(client.refresh(tokens.refresh(), TENANT).tokens())
                .isFor(TENANT);
        ErrorAssertion.assertRefused(Browser.of("alice")
                        .open(client.authorization()
                                .resource("https://gw.example.com/a/b/mcp")
                                .uri())
                        .answer())
                .hasError("invalid_target");
        Diagnosis.of(realm, "?resource=" + TENANT).names("resource-declared", TENANT);
        FieldRealm.enable(realm, "{\"serverPatterns\": []}");
        ErrorAssertion.assertRefused(client.refresh(tokens.refresh(), TENANT), 400);
    }

    @Test
    void aQueryIsRefusedWithAReasonOrIgnoredWhereThatIsSet() {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Claude Code"));
        AuthorizationRequest request = client.authorization().resource(SERVER + "?utm_source=plugin");
        ErrorAssertion.assertRefused(Browser.of("alice").open(request.uri()).answer())
                .hasError("invalid_target");
        Diagnosis.of(realm, "").explainsLastRefusal("resource-malformed", "query", "ignoreResourceQuery");
        FieldRealm.enable(realm, "{\"ignoreResourceQuery\": true}");
        Tokens tokens = client.obtain(Browser.of("alice"), request);
        TokenAssertion.assertThat(tokens).isFor(SERVER);
        TokenAssertion.assertThat(client.refresh(tokens.refresh(), SERVER + "?codemode=false")
                        .tokens())
                .isFor(SERVER);
        FieldRealm.enable(realm, "{\"ignoreResourceQuery\": false}");
    }

    @Test
    void aServerWithPlainHttpNeedsItsHostToBeListedAndUsersAreWarned() {
        String plain = "http://mcp-server:8000/mcp";
        String both = "{\"servers\": [\"%s\", \"%s\"], \"plainHttpHosts\": [%s]}";
        assertThat(realm.put("/mcp", both.formatted(SERVER, plain, "")).asString())
                .contains("must use https", "plainHttpHosts");
        FieldRealm.enable(realm, both.formatted(SERVER, plain, "\"mcp-server:8000\""));
        Diagnosis.of(realm, "?resource=" + plain)
                .names("resource-declared", plain)
                .names("server-plain-http", plain, "unencrypted");
        McpClient client = McpClient.of(realm).registered(ClientMetadata.unique("Cluster"));
        assertThat(Browser.of("alice")
                        .reach(client.authorization().resource(plain))
                        .text())
                .contains("sent to this server unencrypted");
        Tokens tokens =
                client.obtain(Browser.of("alice"), client.authorization().resource(plain));
        TokenAssertion.assertThat(tokens).isFor(plain);
        TokenAssertion.assertThat(client.refresh(tokens.refresh(), plain).tokens())
                .isFor(plain);
        FieldRealm.enable(realm, "{\"servers\": [\"" + SERVER + "\"], \"plainHttpHosts\": []}");
        Diagnosis.of(realm, "").namesNone("server-plain-http");
    }

    /** Cluster, LAN and compose; names below localhost are this computer (RFC 6761), and an underscore is named. */
    @ParameterizedTest
    @CsvSource({
        "http://tools.mcp.svc.cluster.local:8080/mcp, tools.mcp.svc.cluster.local:8080, must use https",
        "http://192.168.1.20:8000/mcp, 192.168.1.20:8000, must use https",
        "http://host.docker.internal:8000/mcp, host.docker.internal:8000, must use https",
        "http://app.localhost:3000/mcp, '', ''",
        "https://my_server.example.com/mcp, '', underscore"
    })
    void aServerInAPrivateNetworkIsDeclaredOrTheReasonIsNamed(String uri, String host, String problem) {
        String document = "{\"servers\": [\"" + uri + "\"], \"plainHttpHosts\": [%s]}";
        var without = realm.put("/mcp?dryRun=true", document.formatted(""));
        assertThat(without.statusCode()).as(without.asString()).isEqualTo(problem.isEmpty() ? 200 : 400);
        assertThat(without.asString()).contains(problem);
        var with = realm.put("/mcp?dryRun=true", document.formatted(host.isEmpty() ? "" : "\"" + host + "\""));
        assertThat(with.statusCode()).as(with.asString()).isEqualTo(problem.equals("underscore") ? 400 : 200);
    }

    @Test
    void aClientWithoutEncryptionNeedsItsHostToBeListedAndUsersAreWarned() {
        String callback = "http://automation:5678/rest/oauth2-credential/callback";
        ClientMetadata metadata = ClientMetadata.unique("Automation").redirects(callback);
        ErrorAssertion.assertRefused(McpClient.of(realm).register(metadata), 400)
                .hasError("invalid_redirect_uri")
                .saying("use https");
        FieldRealm.enable(realm, "{\"trustedHosts\": [\"http://automation:5678\"]}");
        Diagnosis.of(realm, "").names("redirect-plain-http", "http://automation:5678", "unencrypted");
        for (String other : List.of(
                "https://automation:5678/cb",
                "http://automation/cb",
                "http://evil.automation:5678/cb",
                "http://x@automation:5678/cb")) {
            ErrorAssertion.assertRefused(
                            McpClient.of(realm)
                                    .register(
                                            ClientMetadata.unique("Automation").redirects(other)),
                            400)
                    .hasError("invalid_redirect_uri");
        }
        ErrorAssertion.assertRefused(
                        McpClient.of(realm)
                                .register(ClientMetadata.named("Claude").redirects(callback)),
                        400)
                .hasError("invalid_client_metadata")
                .saying("known client");
        McpClient client = McpClient.of(realm).registered(metadata);
        assertThat(Browser.of("alice")
                        .reach(client.authorization().redirectUri(callback).resource(SERVER))
                        .text())
                .contains("http://automation:5678", "sent unencrypted");
        TokenAssertion.assertThat(client.obtain(
                        Browser.of("alice"),
                        client.authorization().redirectUri(callback).resource(SERVER)))
                .isFor(SERVER);
        FieldRealm.enable(realm, "{\"trustedHosts\": []}");
        Diagnosis.of(realm, "").namesNone("redirect-plain-http");
    }

    @Test
    void anInstallationAndAClientOfTheAdministratorsOwnAreKnown() {
        ClientMetadata chat =
                ClientMetadata.unique("Chat").redirects("https://chat.corp.example/api/mcp/weather/oauth/callback");
        ClientMetadata helper = ClientMetadata.unique("Helper").redirects("https://helper.example.com/cb/a1");
        ErrorAssertion.assertRefused(McpClient.of(realm).register(chat), 400).hasError("invalid_redirect_uri");
        ErrorAssertion.assertRefused(McpClient.of(realm).register(helper), 400).hasError("invalid_redirect_uri");
        FieldRealm.enable(realm, """
                {"knownClients": ["*", "librechat=chat.corp.example"],
                 "ownKnownClients": ["helper=https://helper.example.com/cb/{id}"]}
                """);
        McpClient.of(realm).registered(chat);
        McpClient.of(realm).registered(helper);
        ErrorAssertion.assertRefused(
                        McpClient.of(realm)
                                .register(ClientMetadata.unique("Helper")
                                        .redirects("https://helper.example.com/cb/a1/b2")),
                        400)
                .hasError("invalid_redirect_uri");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "servers | {\"servers\": [\"https://gw.example.com/*\"]}",
                "serverPatterns | {\"serverPatterns\": [\"https://{id}.example.com/mcp\"]}",
                "aliases | {\"aliases\": {\"https://x.example.com/\": \"https://nowhere.example.com/mcp\"}}",
                "aliases | {\"aliases\": [\"https://x.example.com/\"]}",
                "aliases | {\"aliases\": {\"a b\": \"https://mcp.example.com/mcp\"}}",
                "additionalAudiences | {\"additionalAudiences\": {\"https://x.example.com\": \"https://mcp.example.com/mcp\"}}",
                "knownClients | {\"knownClients\": [\"n8n\"]}",
                "knownClients | {\"knownClients\": [\"n8n=*.example.com\"]}",
                "ownKnownClients | {\"ownKnownClients\": [\"vscode=https://helper.example.com/cb\"]}"
            })
    void whatCannotBeIsRefusedAndNamed(String member, String document) {
        var before = realm.read("/mcp").path("document");
        var answer = realm.put("/mcp", document);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(Json.parse(answer.asString()).path("field").asText()).isEqualTo(member);
        assertThat(realm.read("/mcp").path("document")).isEqualTo(before);
    }
}
