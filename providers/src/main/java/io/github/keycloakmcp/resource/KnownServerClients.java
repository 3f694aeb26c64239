package io.github.keycloakmcp.resource;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
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
 * Finds the clients that are MCP servers: by the attribute {@link ClientAttributes#RESOURCE_URL}, where the server lets
 * clients be searched by it, and a listed server also by a client whose id is its URI. The search goes to the database, so
 * its result is kept for a few seconds on this node; what is found is always read afresh from Keycloak's own client cache,
 * so that a disabled client or a changed role counts at once.
 */
final class KnownServerClients {

    /** How long, in seconds, a node may not notice that a client has become an MCP server. */
    private static final int KEPT_SECONDS = 10;

    /** Bounds what unknown resources in requests can fill; reached, searching starts afresh. */
    private static final int MOST_KEPT = 10_000;

    private final Map<Key, Found> known = new ConcurrentHashMap<>();

    /** What was searched for: clients with the attribute only, or clients by their id as well. */
    private record Key(String realmId, String canonicalUri, boolean byId) {}

    /** The internal id of a client, or none, and the time in seconds until which this is believed. */
    private record Found(@Nullable String id, int until) {}

    /** The clients of the realm that {@code session} works in. */
    ServerClients in(KeycloakSession session) {
        return new ServerClients() {
            @Override
            public Optional<McpServer> find(ResourceIndicator resource) {
                return look(session, resource, false);
            }

            @Override
            public Optional<McpServer> identify(ResourceIndicator listed) {
                return look(session, listed, true);
            }
        };
    }

    private Optional<McpServer> look(KeycloakSession session, ResourceIndicator resource, boolean byId) {
        RealmModel realm = session.getContext().getRealm();
        Key key = new Key(realm.getId(), resource.canonical(), byId);
        Found found = known.get(key);
        if (found == null || found.until() < Time.currentTime()) {
            if (known.size() >= MOST_KEPT) {
                known.clear();
            }
            found = new Found(search(session, realm, resource, byId), Time.currentTime() + KEPT_SECONDS);
            known.put(key, found);
        }
        return Optional.ofNullable(found.id())
                .map(realm::getClientById)
                .flatMap(client -> server(client, resource, byId));
    }

    private static @Nullable String search(
            KeycloakSession session, RealmModel realm, ResourceIndicator resource, boolean byId) {
        List<ClientModel> clients = Stream.concat(
                        spellings(resource).flatMap(byAttribute(session, realm)),
                        spellings(resource)
                                .filter(spelling -> byId)
                                .map(realm::getClientByClientId)
                                .filter(Objects::nonNull))
                .filter(client -> server(client, resource, byId).isPresent())
                .distinct()
                .sorted(Comparator.comparing(ClientModel::getClientId))
                .toList();
        if (clients.size() > 1) {
            McpLog.sameResource(realm.getName(), resource.canonical());
        }
        return clients.isEmpty() ? null : clients.get(0).getId();
    }

    /** Keycloak refuses to search by an attribute that its configuration does not list; then there is nothing to find. */
    private static Function<String, Stream<ClientModel>> byAttribute(KeycloakSession session, RealmModel realm) {
        return spelling -> {
            try {
                return session.clients()
                        .searchClientsByAttributes(realm, Map.of(ClientAttributes.RESOURCE_URL, spelling), 0, 2);
            } catch (ModelException e) {
                return Stream.empty();
            }
        };
    }

    /** The database compares letter by letter: what was asked for, its canonical form, and that with a slash more or less. */
    private static Stream<String> spellings(ResourceIndicator resource) {
        return Stream.of(resource.written(), resource.canonical(), resource.canonicalWithSlashToggled())
                .distinct();
    }

    private static Optional<McpServer> server(ClientModel client, ResourceIndicator resource, boolean byId) {
        String attribute = client.getAttribute(ClientAttributes.RESOURCE_URL);
        String declared = attribute == null && byId ? client.getClientId() : attribute;
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
