package io.github.keycloakmcp.tests.integration.admin;

import java.net.URI;
import java.util.Iterator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.tests.integration.admin.StockRealm.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that cannot reach the vendors of known clients. Several of these clients use their metadata document as soon as
 * the metadata offers it, and never register: one setting, and they connect.
 */
@KeycloakTest(demo = false)
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "needs a server without vendors")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs a server without vendors")
class NoInternetIT extends InStockRealm {

    private static final String CLAUDE_CODE = "https://claude.ai/oauth/claude-code-client-metadata";
    private static final String OFFERED = "client_id_metadata_document_supported";

    @BeforeEach
    void enable() {
        set("{\"servers\": [\"" + SERVER + "\"], \"documentsFrom\": \"any\", \"bundledDocuments\": false}");
        realm.clearEvents();
    }

    @Test
    void aClientWithADocumentFailsAndDiagnosisTriesAndSaysSo() {
        assertThat(offered()).isTrue();
        if (realm.clients().contains(CLAUDE_CODE)) {
            realm.clients().delete(CLAUDE_CODE);
        }
        Page page = open(CLAUDE_CODE, "http://localhost:3118/callback");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains("could not be loaded");
        Diagnosis red = Diagnosis.of(realm, "?client=claude-code&documents=true")
                .names("documents-unreachable", "Claude Code (claude.ai)", "documentsFrom", "bundledDocuments");
        assertThat(red.answer().path("ok").asBoolean()).isFalse();
        Diagnosis.of(realm, "?documents=true")
                .names("documents-unreachable", "Claude Code (claude.ai)", "Visual Studio Code (vscode.dev)");
    }

    @Test
    void whereDocumentsAreOffTheMetadataDoesNotOfferThemAndClientsRegister() {
        set("{\"documentsFrom\": \"none\"}");
        assertThat(offered()).isFalse();
        Diagnosis green = Diagnosis.of(realm, "?client=claude-code&documents=true")
                .names("documents-off", "every client registers")
                .names("client-would-log-in")
                .namesNone("documents-unreachable", "no-metadata-documents");
        assertThat(green.answer().path("ok").asBoolean()).isTrue();
        McpClient registered = McpClient.of(realm).registered(ClientMetadata.unique("Claude Code"));
        TokenAssertion.assertThat(registered.obtain(
                        Browser.of("alice"),
                        registered.authorization().resource(SERVER).scope("mcp:tools")))
                .isFor(SERVER);
        Page page = open(CLAUDE_CODE, "http://localhost:3118/callback");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains("claude.ai are not accepted by this realm");
        Diagnosis.of(realm, "").explainsLastRefusal("document-not-accepted", "documentsFrom");
    }

    /** Every known client with a document, by the setting that diagnosis names: red before, green after, and a token. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "chatgpt",
                "claude",
                "claude-code",
                "codex",
                "copilot-cli",
                "cursor",
                "factory-droid",
                "goose",
                "grok",
                "opencode",
                "vscode",
                "zed"
            })
    void eachClientWithADocumentRegistersWhereDocumentsAreOff(String known) {
        String simulated = "?documents=true&client=" + known;
        Diagnosis.of(realm, simulated)
                .names("documents-unreachable", "documentsFrom to none")
                .isRed();
        set("{\"documentsFrom\": \"none\"}");
        Diagnosis.of(realm, simulated)
                .names("client-would-register")
                .names("client-would-log-in")
                .namesNone("documents-unreachable")
                .isGreen();
        assertThat(RealFlow.of(realm, KnownMetadata.of(known), SERVER)).isEqualTo(new RealFlow("token"));
    }

    @Test
    void noCallSwitchesDocumentsOnAgain() {
        set("{\"documentsFrom\": \"none\"}");
        succeed("POST", "/mcp/servers", "{\"uri\": \"https://more.example.com/mcp\"}");
        assertThat(offered()).isFalse();
        set("{\"idempotent\": true}");
        set("{}");
        assertThat(offered()).isFalse();
        assertThat(realm.read("/mcp").at("/document/documentsFrom").asText()).isEqualTo("none");
        assertThat(realm.read("/mcp").path("pending")).isEmpty();
        set("{\"documentsFrom\": \"known\"}");
        assertThat(offered()).isTrue();
    }

    @Test
    void addingAServerDoesNotRestoreAnExecutorThatAnAdministratorRemoved() {
        realm.edit(
                "/client-policies/profiles",
                profiles -> profiles.path("profiles").forEach(NoInternetIT::withoutDocuments));
        assertThat(offered()).isFalse();
        succeed("POST", "/mcp/servers", "{\"uri\": \"https://other.example.com/mcp\"}");
        assertThat(offered()).isFalse();
        assertThat(realm.read("/mcp/servers").findValuesAsText("uri")).contains("https://other.example.com/mcp");
    }

    @ParameterizedTest
    @CsvSource({
        CLAUDE_CODE + ", http://localhost:3118/callback",
        "https://claude.ai/oauth/mcp-oauth-client-metadata, https://claude.ai/api/mcp/auth_callback",
        "https://chatgpt.com/oauth/codex/client.json, http://127.0.0.1:5999/callback",
        "https://vscode.dev/oauth/client-metadata.json, http://127.0.0.1:33418/",
        "https://opencode.ai/oauth/opencode/client.json, http://127.0.0.1:19876/callback",
        "https://goose-docs.ai/oauth/client-metadata.json, http://localhost:7777/oauth_callback"
    })
    void aBundledCopyLeadsItsClientToAToken(String document, String redirectUri) {
        set("{\"bundledDocuments\": true}");
        McpClient client = McpClient.of(realm).identifiedBy(document, null, redirectUri);
        Tokens tokens = client.obtain(
                Browser.of("alice"), client.authorization().resource(SERVER).scope("mcp:tools"));
        TokenAssertion.assertThat(tokens).isFor(SERVER);
        assertThat(tokens.claim("azp")).isEqualTo(document);
    }

    @Test
    void withBundledCopiesDiagnosisIsGreenForTheirClientsAndNamesTheOthers() {
        set("{\"bundledDocuments\": true}");
        Diagnosis.of(realm, "?client=claude-code&documents=true")
                .names("documents-loaded", "1 metadata document")
                .namesNone("documents-unreachable");
        Diagnosis others =
                Diagnosis.of(realm, "?documents=true").names("documents-unreachable", "Zed (zed.dev)", "no copy");
        assertThat(others.answer().path("ok").asBoolean()).isTrue();
        assertThat(others.answer().toString()).doesNotContain("Claude Code (claude.ai)");
    }

    @ParameterizedTest
    @CsvSource({
        "privateDocumentHosts, documents.corp.example",
        "privateDocumentHosts, documents.corp.example=127.0.0.1",
        "privateDocumentHosts, *.corp.example=10.0.0.0/8",
        "documentHosts, https://corp.example/"
    })
    void aHostThatIsMalformedIsRefusedAndNamed(String member, String entry) {
        JsonNode before = realm.read("/mcp").path("document");
        var answer = realm.put("/mcp", "{\"%s\": [\"%s\"]}".formatted(member, entry));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString()).contains(member, entry);
        assertThat(realm.read("/mcp").path("document")).isEqualTo(before);
        set("{\"privateDocumentHosts\": [\"documents.corp.example=10.1.2.3\"]}");
        set("{\"privateDocumentHosts\": []}");
    }

    private boolean offered() {
        return McpClient.of(realm).server().metadata().path(OFFERED).asBoolean();
    }

    private Page open(String clientId, String redirectUri) {
        McpClient client = McpClient.of(realm).identifiedBy(clientId, null, redirectUri);
        URI uri = client.authorization().resource(SERVER).scope("mcp:tools").uri();
        return Browser.of("alice").open(uri);
    }

    private void set(String document) {
        AdminApi.succeeded("PUT", "/mcp", realm.put("/mcp", document));
    }

    private void succeed(String method, String path, String body) {
        AdminApi.succeeded(method, path, realm.post(path, body));
    }

    private static void withoutDocuments(JsonNode profile) {
        Iterator<JsonNode> executors = profile.path("executors").iterator();
        while (executors.hasNext()) {
            if (executors.next().path("executor").asText().equals("mcp-client-id-metadata-document")) {
                executors.remove();
            }
        }
    }
}
