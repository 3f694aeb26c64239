package io.github.keycloakmcp.platform;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.keycloakmcp.rule.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import org.keycloak.events.EventType;
import org.keycloak.models.RealmModel;

/**
 * What is counted for operators, besides Keycloak's own metrics. Micrometer's global registry is the one that Keycloak publishes
 * with {@code --metrics-enabled=true}; otherwise they are not published, and counting costs next to nothing.
 */
public final class McpMetrics {

    private static final String REALM = "realm";
    private static final String CLIENTS_LIMIT = "keycloak.mcp.clients.limit";

    /** The counters of the requests that are the most: to look one up in the registry costs more than to count. */
    private static final Map<Issued, Counter> TOKENS = new ConcurrentHashMap<>();

    private record Issued(String realm, String grant) {}

    private McpMetrics() {}

    /** A token for an MCP server was issued; {@code grant} is one of a fixed list. */
    public static void issued(RealmModel realm, String grant) {
        TOKENS.computeIfAbsent(new Issued(realm.getName(), grant), McpMetrics::tokens)
                .increment();
    }

    private static Counter tokens(Issued issued) {
        return Counter.builder("keycloak.mcp.tokens")
                .description("Access tokens that were issued for MCP servers, by grant")
                .tags(REALM, issued.realm(), "grant", issued.grant())
                .register(Metrics.globalRegistry);
    }

    /** A user has allowed a client to use an MCP server. */
    public static void consented(RealmModel realm) {
        Counter.builder("keycloak.mcp.consents")
                .description("MCP servers that users allowed a client to use")
                .tags(REALM, realm.getName())
                .register(Metrics.globalRegistry)
                .increment();
    }

    /** A metadata document was loaded, had not changed, or could not be loaded. */
    public static void fetched(RealmModel realm, String result, Duration time) {
        Timer.builder("keycloak.mcp.document.fetch")
                .description("Time to load a metadata document and its keys, by result")
                .tags(REALM, realm.getName(), "result", result)
                .register(Metrics.globalRegistry)
                .record(time);
    }

    /** A clean-up of the realm of this name has ended. */
    public static void cleanedUp(String realm, Duration time) {
        Timer.builder("keycloak.mcp.clean.up")
                .description("Time of a clean-up of self-registered clients")
                .tags(REALM, realm)
                .register(Metrics.globalRegistry)
                .record(time);
        removed(realm, 0); // from here the counter exists, so that its increase is seen
    }

    /**
     * The MCP clients of the realm of this name were counted.
     *
     * @param byKind their numbers
     * @param limit how many may register themselves; 0 for no limit
     */
    public static void clients(String realm, Map<String, Long> byKind, int limit) {
        byKind.forEach((kind, number) -> ClientGauges.set(
                "keycloak.mcp.clients",
                "MCP clients of a realm by kind, as the last clean-up that this node ran has counted them",
                realm,
                kind,
                number));
        if (limit > 0) {
            ClientGauges.set(
                    CLIENTS_LIMIT,
                    "Clients that may register themselves in a realm (setting max-clients)",
                    realm,
                    null,
                    limit);
        } else {
            ClientGauges.remove(CLIENTS_LIMIT, realm, null);
        }
    }

    /** Numbers of clients that are older than this no longer count. */
    public static void forgetClientsAfter(Duration age) {
        ClientGauges.forgetAfter(age);
    }

    /** A client has registered; {@code shared} where it is one that was there before. */
    public static void registered(RealmModel realm, boolean shared) {
        Counter.builder("keycloak.mcp.registrations")
                .description("Accepted registrations of MCP clients")
                .tags(REALM, realm.getName(), "shared", Boolean.toString(shared))
                .register(Metrics.globalRegistry)
                .increment();
    }

    /** Counts a refused request under its code; nothing that a client sends becomes a label. */
    public static void refused(RealmModel realm, EventType event, Refusal refusal) {
        Counter.builder("keycloak.mcp.refusals")
                .description(
                        "Refused registrations, metadata documents, authorization requests and tokens, by refusal code")
                .tags(
                        REALM,
                        realm.getName(),
                        "event",
                        event.name().toLowerCase(Locale.ROOT),
                        "error",
                        refusal.error(),
                        "code",
                        refusal.code().word())
                .register(Metrics.globalRegistry)
                .increment();
    }

    /** Clients of the realm of this name have been removed. */
    public static void removed(String realm, int clients) {
        Counter.builder("keycloak.mcp.clients.removed")
                .description("Self-registered clients that the clean-up removed")
                .tags(REALM, realm)
                .register(Metrics.globalRegistry)
                .increment(clients);
    }
}
