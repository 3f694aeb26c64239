package io.github.keycloakmcp.tests.integration.registration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.KeycloakCluster;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.SharedServers;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/** What the counters show to operators: how often each refusal happened, and no word of what clients sent. */
@EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
@ExtendWith(SharedServers.class)
@ResourceLock(SharedServers.CLUSTER)
class CountersIT {

    private static final int TIMES = 5;

    /** What a clean-up publishes last of a realm. */
    private static final String CLIENTS_LIMIT = "keycloak_mcp_clients_limit{";

    private static final Map<String, String> VARIABLES =
            Map.of("MCP_ALLOW_LOOPBACK_DOCUMENTS", "true", "MCP_REGISTRATIONS_PER_SENDER", "1000");

    @Test
    void whatHappensIsCountedByCodeAndNothingThatASenderWritesIsALabel(KeycloakCluster cluster) {
        try (McpRealm realm = McpRealm.create(
                cluster.first(),
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(VARIABLES),
                "counters")) {
            McpClient sender = McpClient.of(realm);
            ClientMetadata shared = ClientMetadata.named("Shared");
            sender.register(shared).expect(201);
            McpClient.of(realm.at(cluster.second())).register(shared).expect(201);
            Registration own = sender.register(ClientMetadata.named("Own"));
            McpClient client = sender.identifiedBy(own);
            Tokens tokens =
                    client.obtain(Browser.of("alice"), client.authorization().resource(McpRealm.SERVER_A));
            realm.setRegistration("clean-up", "report");
            Awaited.untilAsserted(
                    () -> assertThat(cluster.published(realm)).anyMatch(line -> line.startsWith(CLIENTS_LIMIT)));
            for (int number = 0; number < TIMES; number++) {
                attack("attacker-" + number, client, own, tokens);
            }
            assertThat(cluster.counted(realm))
                    .containsOnly(
                            entry("keycloak_mcp_registrations_total shared=false", 2),
                            entry("keycloak_mcp_registrations_total shared=true", 1),
                            entry("keycloak_mcp_tokens_total grant=authorization_code", 1),
                            entry("keycloak_mcp_consents_total", 1),
                            refused("client_register_error", "invalid_redirect_uri", "redirect-host-not-trusted"),
                            refused("client_register_error", "invalid_client_metadata", "client-uri-refused"),
                            refused("client_register_error", "invalid_client_metadata", "metadata-not-json"),
                            refused("client_update_error", "invalid_redirect_uri", "redirect-scheme-not-allowed"),
                            refused("login_error", "invalid_client", "document-unreadable"),
                            refused("login_error", "invalid_target", "resource-unknown"),
                            refused("refresh_token_error", "invalid_target", "resource-unknown"));
            assertThat(cluster.metrics().values()).doesNotContain("");
            Awaited.untilAsserted(() -> assertThat(cluster.metrics().keySet())
                    .as("the table in docs/operations.md, on which board and alerts stand")
                    .containsExactlyInAnyOrderElementsOf(documented()));
            RecordedScrape.check(cluster, realm);
        }
    }

    /** The metrics of the documentation, as help texts name them: a counter without its suffix, a timer's longest time alone. */
    private static List<String> documented() {
        Path page = TestSettings.realmConfig().resolveSibling("docs").resolve("operations.md");
        try {
            return Pattern.compile("(?m)^\\| `(keycloak_mcp_\\w+)` \\|")
                    .matcher(Files.readString(page))
                    .results()
                    .map(row -> row.group(1).replaceFirst("_total$", ""))
                    .flatMap(name -> name.endsWith("_seconds") ? Stream.of(name, name + "_max") : Stream.of(name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that a sender writes is another text each time. */
    private static void attack(String text, McpClient client, Registration own, Tokens tokens) {
        ClientMetadata metadata = ClientMetadata.named(text).with(text, text);
        String host = "https://" + text + ".example/" + text;
        List.of(metadata.redirects(host), metadata.with("jwks_uri", host))
                .forEach(refused -> client.register(refused).expect(400));
        client.register("{\"" + text + "\": " + text).expect(400);
        ClientMetadata changed = metadata.with("client_id", own.clientId()).redirects(text + "://x/y");
        client.updateRegistration(own, changed.json().toString()).expect(400);
        Browser.of("alice").open(client.authorization().resource(host).uri());
        ErrorAssertion.assertRefused(client.refresh(tokens.refresh(), host), 400)
                .hasError("invalid_target");
        Browser.of("alice")
                .open(client.identifiedBy("https://localhost:9/" + text, null, ClientMetadata.LOOPBACK)
                        .authorization()
                        .uri());
    }

    private static Map.Entry<String, Integer> refused(String event, String error, String code) {
        return entry("keycloak_mcp_refusals_total code=%s, error=%s, event=%s".formatted(code, error, event), TIMES);
    }
}
