package io.github.keycloakmcp.resource;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.ReadOnce;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.ClientLookup;
import io.github.keycloakmcp.rule.resource.McpServer;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.client.ClientStorageProvider;

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

    private final ReadOnce<Key, Found> known = new ReadOnce<>(MOST_KEPT);

    /** What was searched for; the spelling belongs to it, because the database compares letter by letter. */
    private record Key(String realmId, ClientLookup lookup) {}

    /** The internal id of a client, or none, and the time in seconds until which this is believed. */
    private record Found(@Nullable String id, int until) {}

    /**
     * Returns the servers that were found in the realm of {@code session}, by the canonical URI of their look-up; one that is
     * not listed also by its own, under which a grant carries it.
     */
    Map<String, McpServer> find(KeycloakSession session, Collection<ClientLookup> lookups) {
        Map<String, McpServer> found = new HashMap<>();
        for (ClientLookup lookup : lookups) {
            find(session, lookup).ifPresent(server -> {
                found.put(lookup.resource().canonical(), server);
                if (!lookup.listed()) {
                    found.putIfAbsent(server.resource().canonical(), server);
                }
            });
        }
        return found;
    }

    /** What was kept but is no server any more is searched for afresh: another client may have taken its place. */
    private Optional<McpServer> find(KeycloakSession session, ClientLookup lookup) {
        RealmModel realm = session.getContext().getRealm();
        Key key = new Key(realm.getId(), lookup);
        Found kept = known.find(key).orElse(null);
        if (kept == null || kept.until() < Time.currentTime()) {
            return server(realm, search(session, realm, key), lookup);
        }
        if (kept.id() == null) {
            return Optional.empty();
        }
        return server(realm, kept, lookup).or(() -> server(realm, search(session, realm, key), lookup));
    }

    private static Optional<McpServer> server(RealmModel realm, Found found, ClientLookup lookup) {
        return Optional.ofNullable(found.id())
                .map(realm::getClientById)
                .flatMap(client -> server(client, lookup.resource(), lookup.listed()));
    }

    private Found search(KeycloakSession session, RealmModel realm, Key key) {
        Found found = new Found(
                search(session, realm, key.lookup().resource(), key.lookup().listed()),
                Time.currentTime() + KEPT_SECONDS);
        return known.keep(key, found);
    }

    private static @Nullable String search(
            KeycloakSession session, RealmModel realm, ResourceIndicator resource, boolean byId) {
        List<ClientModel> clients = Stream.concat(
                        spellings(resource).flatMap(byAttribute(session, realm)),
                        byId ? byId(session, realm, spellings(resource).toList()) : Stream.empty())
                .filter(client -> server(client, resource, byId).isPresent())
                .distinct()
                .sorted(Comparator.comparing(ClientModel::getClientId))
                .toList();
        if (clients.size() > 1) {
            McpLog.sameResource(realm.getName(), resource.canonical());
        }
        return clients.isEmpty() ? null : clients.get(0).getId();
    }

    /**
     * Most servers have no client of their own, which Keycloak's cache does not remember: by its SPI each spelling would be one
     * statement for each server and node every few seconds. Clients of a storage of their own are known to the SPI only.
     */
    private static Stream<ClientModel> byId(KeycloakSession session, RealmModel realm, List<String> spellings) {
        boolean elsewhere = realm.getComponentsStream(realm.getId(), ClientStorageProvider.class.getName())
                .findAny()
                .isPresent();
        Stream<@Nullable ClientModel> clients = elsewhere
                ? spellings.stream().map(realm::getClientByClientId)
                : session
                        .getProvider(JpaConnectionProvider.class)
                        .getEntityManager()
                        .createQuery(
                                "select c.id from ClientEntity c where c.realmId = :realm and c.clientId in :spellings",
                                String.class)
                        .setParameter("realm", realm.getId())
                        .setParameter("spellings", spellings)
                        .getResultList()
                        .stream()
                        .map(realm::getClientById);
        return clients.filter(Objects::nonNull);
    }

    /**
     * Keycloak refuses to search by an attribute that its configuration does not list; then there is nothing to find. A
     * failure of the database has a cause, and is not taken for an answer.
     */
    private static Function<String, Stream<ClientModel>> byAttribute(KeycloakSession session, RealmModel realm) {
        return spelling -> {
            try {
                return session.clients()
                        .searchClientsByAttributes(realm, Map.of(ClientAttributes.RESOURCE_URL, spelling), null, null);
            } catch (ModelException e) {
                if (e.getCause() != null) {
                    throw e;
                }
                return Stream.empty();
            }
        };
    }

    /** The database compares letter by letter: what the request names, its canonical form, and that with a slash more or less. */
    private static Stream<String> spellings(ResourceIndicator resource) {
        return Stream.of(resource.written(), resource.canonical(), resource.canonicalWithSlashToggled())
                .distinct();
    }

    private static Optional<McpServer> server(ClientModel client, ResourceIndicator resource, boolean byId) {
        String attribute = client.getAttribute(ClientAttributes.RESOURCE_URL);
        String declared = attribute == null && byId ? client.getClientId() : attribute;
        if (!client.isEnabled()
                || declared == null
                || !(ResourceIndicator.parseAlsoPlainHttp(declared)
                        instanceof Verdict.Allowed<ResourceIndicator> indicator)
                || !indicator.value().names(resource)) {
            return Optional.empty();
        }
        String role = client.getAttribute(ClientAttributes.REQUIRED_ROLE);
        return Optional.of(new McpServer(
                indicator.value(),
                new McpServer.Client(
                        client.getClientId(),
                        role == null ? "" : role.strip(),
                        Boolean.parseBoolean(client.getAttribute(ClientAttributes.DPOP_REQUIRED)))));
    }
}
