package io.github.keycloakmcp.lifecycle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.keycloakmcp.platform.ClientAttributes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The clients of a realm as the database has them. Read through Keycloak's cache, a clean-up would push out the clients
 * that are in use for unused ones, and with ten times the queries; and what another node wrote a moment ago
 * would be missing.
 */
final class StoredClients {

    /** The id of Keycloak's provider behind the cache. */
    private static final String DATABASE = "jpa";

    /** Stands for a mark that was removed between two queries, and keeps the client. */
    private static final String UNREADABLE = "?";

    private static final String SELF_REGISTERED =
            "select c.id, c.clientId, c.enabled from ClientEntity c where c.realmId = :realm"
                    + " and (select count(a.name) from ClientAttributeEntity a where a.client.id = c.id and a.name = :registered"
                    + " and a.value is not null) > 0";

    private final ClientProvider clients;
    private final EntityManager database;
    private final RealmModel realm;

    /**
     * What decides about a client.
     *
     * @param id its internal id
     * @param clientId where its page goes on
     * @param registered when it registered, as written
     * @param lastUsed when it was last used, as written; null if never
     */
    record Stored(
            String id,
            String clientId,
            boolean enabled,
            String registered,
            @Nullable String lastUsed) {}

    StoredClients(KeycloakSession session) {
        this.clients = session.getProvider(ClientProvider.class, DATABASE);
        this.database = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = session.getContext().getRealm();
    }

    /**
     * Returns a page of self-registered clients, in the order of client ids, with two queries. It goes on after a client id: by a
     * position the database would read all clients of the realm once more for each page.
     *
     * @param after the last client id of the page before; empty for the first page
     */
    List<Stored> page(String after, int max) {
        // Some databases keep an empty text as none, which nothing is greater than.
        TypedQuery<Object[]> query = database.createQuery(
                        SELF_REGISTERED + (after.isEmpty() ? "" : " and c.clientId > :after") + " order by c.clientId",
                        Object[].class)
                .setParameter("realm", realm.getId())
                .setParameter("registered", ClientAttributes.REGISTERED)
                .setMaxResults(max);
        if (!after.isEmpty()) {
            query.setParameter("after", after);
        }
        List<Object[]> rows = query.getResultList();
        Map<String, Map<String, String>> attributes =
                attributes(rows.stream().map(row -> (String) row[0]).toList());
        return rows.stream()
                .map(row -> {
                    Map<String, String> own = attributes.getOrDefault((String) row[0], Map.of());
                    return new Stored(
                            (String) row[0],
                            (String) row[1],
                            (Boolean) row[2],
                            own.getOrDefault(ClientAttributes.REGISTERED, UNREADABLE),
                            own.get(ClientAttributes.LAST_USED));
                })
                .toList();
    }

    private Map<String, Map<String, String>> attributes(List<String> ids) {
        Map<String, Map<String, String>> found = new HashMap<>();
        if (!ids.isEmpty()) {
            database.createQuery(
                            "select a.client.id, a.name, a.value from ClientAttributeEntity a"
                                    + " where a.client.id in :ids and a.name in :names and a.value is not null",
                            Object[].class)
                    .setParameter("ids", ids)
                    .setParameter("names", List.of(ClientAttributes.REGISTERED, ClientAttributes.LAST_USED))
                    .getResultList()
                    .forEach(row -> found.computeIfAbsent((String) row[0], id -> new HashMap<>())
                            .put((String) row[1], (String) row[2]));
        }
        return found;
    }

    Optional<ClientModel> find(String id) {
        return Optional.ofNullable(clients.getClientById(realm, id));
    }
}
