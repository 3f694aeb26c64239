package io.github.keycloakmcp.tests.integration.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.server.McpRealm;

/** What is written on the clients of a realm about their past; a test makes them older than they are. */
record ClientAge(McpRealm realm) {

    private static final String REGISTERED = "mcp.registered";
    private static final String LAST_USED = "mcp.last-used";

    /** When a client was last used, as it is written. */
    Optional<String> lastUsed(String clientId) {
        return written(clientId, LAST_USED);
    }

    /** When a client registered, as it is written. */
    Optional<String> registered(String clientId) {
        return written(clientId, REGISTERED);
    }

    /** Lets a client have been used last so long ago, a day after it registered; returns what is written now. */
    String used(String clientId, Duration ago) {
        write(clientId, REGISTERED, ago.plusDays(1));
        return write(clientId, LAST_USED, ago);
    }

    /** Lets a client have registered so long ago, and returns what is written now. */
    String registered(String clientId, Duration ago) {
        return write(clientId, REGISTERED, ago);
    }

    private String write(String clientId, String attribute, Duration ago) {
        String seconds = Long.toString(Instant.now().minus(ago).getEpochSecond());
        realm.clients().edit(clientId, client -> ((ObjectNode) client.path("attributes")).put(attribute, seconds));
        return seconds;
    }

    private Optional<String> written(String clientId, String attribute) {
        return Optional.ofNullable(
                realm.clients().get(clientId).path("attributes").path(attribute).textValue());
    }
}
