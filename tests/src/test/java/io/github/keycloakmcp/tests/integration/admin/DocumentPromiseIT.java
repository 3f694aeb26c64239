package io.github.keycloakmcp.tests.integration.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What diagnosis says of a client with a metadata document is what becomes of it: in realms with settings by chance, for
 * known clients with the bundled copies of their documents, and for a document on this computer, before and after the realm
 * has the client.
 */
@KeycloakTest(demo = false)
@DisabledIfSystemProperty(
        named = "keycloak.url",
        matches = ".+",
        disabledReason = "needs a host that the server trusts")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
class DocumentPromiseIT extends InStockRealm {

    private static final int SEEDS = Integer.getInteger("promise.seeds", 16);
    private static final long FIRST = Long.getLong("promise.first", 1);

    /** Known clients with a copy in the extension, each with its document and a redirect URI from that. */
    private static final Map<String, List<String>> BUNDLED = Map.of(
            "claude-code",
            List.of("https://claude.ai/oauth/claude-code-client-metadata", "http://localhost:3118/callback"),
            "claude",
            List.of("https://claude.ai/oauth/mcp-oauth-client-metadata", "https://claude.ai/api/mcp/auth_callback"),
            "codex",
            List.of("https://chatgpt.com/oauth/codex/client.json", "http://127.0.0.1:5999/callback"),
            "vscode",
            List.of("https://vscode.dev/oauth/client-metadata.json", "http://127.0.0.1:33418/"),
            "opencode",
            List.of("https://opencode.ai/oauth/opencode/client.json", "http://127.0.0.1:19876/callback"),
            "goose",
            List.of("https://goose-docs.ai/oauth/client-metadata.json", "http://localhost:7777/oauth_callback"));

    /** Findings that say that this document, its client or its user does not get in. */
    private static final List<String> REFUSALS = List.of(
            "document-not-accepted",
            "client-would-be-refused",
            "client-would-be-refused-at-login",
            "client-unknown",
            "client-without-mcp-scope",
            "resource-unknown",
            "user-without-role",
            "user-without-access");

    private final List<Boolean> promised = new ArrayList<>();
    private final DocumentHost host = DocumentHost.start();
    private RandomSettings settings;

    static LongStream seeds() {
        return LongStream.range(FIRST, FIRST + SEEDS);
    }

    @BeforeAll
    void make() {
        settings = RandomSettings.in(realm);
    }

    @BeforeEach
    void removeClients() {
        settings.removeClients();
    }

    @AfterEach
    void removeWhatWasAdded() {
        settings.restore();
    }

    @AfterAll
    void bothAnswersOccurred() {
        host.close();
        assertThat(promised).as("clients that get in").contains(true);
        assertThat(promised).as("clients that do not").contains(false);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatDiagnosisSaysOfAKnownClientIsWhatBecomesOfItsDocument(long seed) {
        Dice dice = new Dice(seed);
        choose(dice, "any", "listed", "known", "none");
        String known = dice.choose("client", BUNDLED.keySet().stream().sorted().toArray(String[]::new));
        List<String> document = Objects.requireNonNull(BUNDLED.get(known));
        String asked = dice.choose("asked by", known, document.get(0));
        String resource = settings.resource(dice);
        Diagnosis diagnosis = diagnose(asked, resource);
        boolean green = PromiseIT.promises(diagnosis) && readsDocument(diagnosis);
        if (green || asked.equals(document.get(0))) { // a refusal under the client's name is that of a registration
            judge(dice, diagnosis, document, resource, green);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatDiagnosisSaysOfADocumentIsWhatBecomesOfIt(long seed) {
        Dice dice = new Dice(seed);
        List<String> document = List.of(
                host.publish("/" + seed, "\"redirect_uris\": [\"http://localhost/callback\"]"),
                "http://localhost:9911/callback");
        choose(dice, "any", "any", "listed", "none");
        String resource = settings.resource(dice);
        // Of a document that has not been read, an address that is accepted promises nothing.
        judge(dice, diagnose(document.get(0), resource), document, resource, false);
        settings.restore();
        choose(dice, "any", "any", "known", "none");
        Diagnosis again = diagnose(document.get(0), resource);
        boolean has = realm.clients().contains(document.get(0));
        judge(
                dice,
                again,
                document,
                resource,
                has && again.answer().path("ok").asBoolean() && again.ids().contains("user-has-access"));
    }

    private void judge(Dice dice, Diagnosis diagnosis, List<String> document, String resource, boolean green) {
        RealFlow flow =
                RealFlow.of(realm, McpClient.of(realm).identifiedBy(document.get(0), null, document.get(1)), resource);
        String context = "%s%n%s%n%s%n%s"
                .formatted(dice, document, flow, diagnosis.answer().toPrettyString());
        if (green) {
            assertThat(flow.getsIn()).as("wrongly green, %s", context).isTrue();
            promised.add(true);
        } else if (diagnosis.ids().stream().anyMatch(REFUSALS::contains)) {
            assertThat(flow.getsIn()).as("wrongly red, %s", context).isFalse();
            promised.add(false);
        }
    }

    private Diagnosis diagnose(String client, String resource) {
        return Diagnosis.of(realm, "?user=alice&client=" + client + "&resource=" + resource);
    }

    private static boolean readsDocument(Diagnosis diagnosis) {
        return diagnosis.answer().path("findings").findValuesAsText("what").stream()
                .anyMatch(what -> what.contains("or use its metadata document"));
    }

    private void choose(Dice dice, String... from) {
        settings.choose(dice);
        String documents = dice.choose("documents from", from);
        String loopback = dice.choose("loopback documents", "true", "true", "false");
        realm.edit("/client-policies/profiles", profiles -> {
            for (JsonNode executor : RandomSettings.executors(profiles)) {
                if (executor.path("executor").asText().equals("mcp-client-id-metadata-document")) {
                    ((ObjectNode) executor)
                            .withObject("/configuration")
                            .put("documents-from", documents)
                            .put("allow-loopback-documents", loopback)
                            .put("bundled-documents", "true");
                }
            }
        });
    }
}
