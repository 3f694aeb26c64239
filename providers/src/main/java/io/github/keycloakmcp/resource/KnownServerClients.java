package io.github.keycloakmcp.resource;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.McpServer;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;
import io.github.keycloakmcp.rule.resource.ServerClients;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;

/**
 * Finds the clients that are MCP servers, by their resource URL. The search goes to the database, so its result is kept
 * for a few seconds on this node; what is found is always read afresh from Keycloak's own client cache, so that a
 * disabled client or a changed role counts at once.
 */
final class KnownServerClients {

    /** How long, in seconds, a node may not notice that a client has become an MCP server. */
    private static final int KEPT_SECONDS = 10;

    /** Bounds what unknown resources in requests can fill; reached, searching starts afresh. */
    private static final int MOST_KEPT = 10_000;

    private final Map<Key, Found> known = new ConcurrentHashMap<>();

    private record Key(String realmId, String canonicalUri) {}

    /** The internal id of a client, or none, and the time in seconds until which this is believed. */
    private record Found(@Nullable String id, int until) {}

    /** The clients of the realm that {@code session} works in. */
    ServerClients in(KeycloakSession session) {
        return resource -> find(session, resource);
    }

    private Optional<McpServer> find(KeycloakSession session, ResourceIndicator resource) {
        RealmModel realm = session.getContext().getRealm();
        Key key = new Key(realm.getId(), resource.canonical());
        Found found = known.get(key);
        if (found == null || found.until() < Time.currentTime()) {
            if (known.size() >= MOST_KEPT) {
                known.clear();
            }
            found = new Found(search(session, realm, resource), Time.currentTime() + KEPT_SECONDS);
            known.put(key, found);
        }
        return Optional.ofNullable(found.id()).map(realm::getClientById).flatMap(client -> server(client, resource));
    }

    private static @Nullable String search(KeycloakSession session, RealmModel realm, ResourceIndicator resource) {
        try {
            List<ClientModel> clients = spellings(resource)
                    .flatMap(spelling -> session.clients()
                            .searchClientsByAttributes(realm, Map.of(ClientAttributes.RESOURCE_URL, spelling), 0, 2))
                    .filter(client -> server(client, resource).isPresent())
                    .sorted(Comparator.comparing(ClientModel::getClientId))
                    .toList();
            if (clients.size() > 1) {
                McpLog.sameResource(realm.getName(), resource.canonical());
            }
            return clients.isEmpty() ? null : clients.get(0).getId();
        } catch (ModelException e) {
            McpLog.resourceNotSearchable(realm.getName());
            return null;
        }
    }

    /** The database compares letter by letter: what was asked for, its canonical form, and that with a slash more or less. */
    private static Stream<String> spellings(ResourceIndicator resource) {
        return Stream.of(resource.written(), resource.canonical(), resource.canonicalWithSlashToggled())
                .distinct();
    }

    private static Optional<McpServer> server(ClientModel client, ResourceIndicator resource) {
        String declared = client.getAttribute(ClientAttributes.RESOURCE_URL);
        if (!client.isEnabled()
                || declared == null
                || !(ResourceIndicator.parse(declared) instanceof Verdict.Allowed<ResourceIndicator> indicator)
                || !indicator.value().names(resource)) {
            return Optional.empty();
        }
        String role = client.getAttribute(ClientAttributes.REQUIRED_ROLE);
        return Optional.of(new McpServer(
                indicator.value(), new McpServer.Client(client.getClientId(), role == null ? "" : role.strip())));
    }
}
