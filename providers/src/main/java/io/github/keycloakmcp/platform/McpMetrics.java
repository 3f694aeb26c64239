package io.github.keycloakmcp.platform;

import java.util.Locale;

import io.github.keycloakmcp.rule.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import org.keycloak.events.EventType;
import org.keycloak.models.RealmModel;

/**
 * What is counted for operators, besides Keycloak's own metrics. Micrometer's global registry is the one that Keycloak publishes
 * with {@code --metrics-enabled=true}; otherwise they are not published, and counting costs next to nothing.
 */
public final class McpMetrics {

    private static final String REALM = "realm";

    private McpMetrics() {}

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
