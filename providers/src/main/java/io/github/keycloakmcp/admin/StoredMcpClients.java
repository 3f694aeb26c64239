package io.github.keycloakmcp.admin;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.McpScopes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The MCP clients of a realm as the database has them, a page in three statements. Keycloak's SPI finds clients by a part of
 * the client id or by the exact value of an attribute, but neither by name nor by what makes an MCP client; each client would
 * have to be loaded, which takes minutes for 100,000, and pushes the clients that are in use out of the cache.
 */
final class StoredMcpClients {

    /** Clients that one statement looks up by their ids; databases limit how many values a statement has. */
    private static final int LOOK_UP = 500;

    private static final List<String> ATTRIBUTES = List.of(
            ClientAttributes.REGISTERED,
            ClientAttributes.LAST_USED,
            ClientAttributes.KNOWN_CLIENT,
            ClientAttributes.DOCUMENT_CHECKED);

    private final EntityManager database;
    private final RealmModel realm;

    StoredMcpClients(KeycloakSession session, RealmModel realm) {
        this.database = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = realm;
    }

    /** Returns a page in the order of client ids. It may have clients that the filter does not accept. */
    List<McpClientView> page(ClientFilter filter, int first, int max) {
        Map<String, Object> values = new HashMap<>(Map.of("realm", realm.getId()));
        TypedQuery<Object[]> query = database.createQuery(
                "select c.id, c.clientId, c.name, c.enabled from " + withText(filter, values)
                        + conditions(filter, values) + " order by c.clientId",
                Object[].class);
        values.forEach(query::setParameter);
        List<Object[]> rows = query.setFirstResult(first).setMaxResults(max).getResultList();
        List<String> ids = rows.stream().map(row -> (String) row[0]).toList();
        Map<String, Map<String, String>> attributes = attributes(ids);
        Map<String, List<String>> redirects = redirectUris(ids);
        return rows.stream()
                .map(row -> new McpClientView(
                        (String) row[0],
                        (String) row[1],
                        (String) row[2],
                        (Boolean) row[3],
                        attributes.getOrDefault((String) row[0], Map.of()),
                        redirects.getOrDefault((String) row[0], List.of())))
                .toList();
    }

    /** Returns the internal ids of those clients of the realm, MCP clients or not, that have these client ids. */
    Map<String, String> ids(List<String> clientIds) {
        Map<String, String> ids = new HashMap<>();
        for (int from = 0; from < clientIds.size(); from += LOOK_UP) {
            database.createQuery(
                            "select c.clientId, c.id from ClientEntity c where c.realmId = :realm and c.clientId in :ids",
                            Object[].class)
                    .setParameter("realm", realm.getId())
                    .setParameter("ids", clientIds.subList(from, Math.min(clientIds.size(), from + LOOK_UP)))
                    .getResultList()
                    .forEach(row -> ids.put((String) row[0], (String) row[1]));
        }
        return ids;
    }

    /**
     * The clients of the realm with the text in their id or name. The text is compared first, in a query of its own, which the
     * limit keeps apart: PostgreSQL otherwise expects to count the attributes of every client, and compiles the query, which
     * takes longer than the query itself.
     */
    private static String withText(ClientFilter filter, Map<String, Object> values) {
        if (filter.text().isEmpty()) {
            return "ClientEntity c where c.realmId = :realm";
        }
        values.put("text", ClientFilter.pattern(filter.text()));
        return "(select n.id as id, n.clientId as clientId, n.name as name, n.enabled as enabled from ClientEntity n"
                + " where n.realmId = :realm"
                + " and (lower(n.clientId) like :text escape '!' or lower(n.name) like :text escape '!')"
                + " order by n.clientId limit " + Integer.MAX_VALUE + ") c where 1 = 1";
    }

    private String conditions(ClientFilter filter, Map<String, Object> values) {
        StringBuilder where = new StringBuilder(" and (").append(has("registered"));
        values.put("registered", ClientAttributes.REGISTERED);
        Collection<String> scopes = McpScopes.idsIn(realm);
        if (!scopes.isEmpty()) {
            where.append(" or (select count(s.clientId) from ClientScopeClientMappingEntity s"
                    + " where s.clientId = c.id and s.clientScopeId in :scopes) > 0");
            values.put("scopes", scopes);
        }
        where.append(')');
        if (filter.kind() != null) {
            where.append(
                    switch (filter.kind()) {
                        case PRE_REGISTERED -> hasNot("registered");
                        case DYNAMIC -> " and " + has("registered") + hasNot("checked");
                        case METADATA_DOCUMENT -> " and " + has("registered") + " and " + has("checked");
                    });
            if (filter.kind() != McpClientView.Kind.PRE_REGISTERED) {
                values.put("checked", ClientAttributes.DOCUMENT_CHECKED);
            }
        }
        if (filter.verified() != null) {
            where.append(filter.verified() ? " and " + has("known") : hasNot("known"));
            values.put("known", ClientAttributes.KNOWN_CLIENT);
        }
        if (filter.enabled() != null) {
            where.append(" and c.enabled = :enabled");
            values.put("enabled", filter.enabled());
        }
        if (!filter.vendor().isEmpty() && !filter.vendor().equals(McpClientView.LOOPBACK)) {
            where.append(" and (" + has("known") + " or exists (select 1 from ClientEntity v join v.redirectUris u"
                    + " where v.id = c.id and lower(u) like :vendor escape '!'))");
            values.put("known", ClientAttributes.KNOWN_CLIENT);
            values.put("vendor", ClientFilter.pattern(filter.vendor()));
        }
        return where.toString();
    }

    /**
     * Counted for each client by the primary key: for {@code exists} in an alternative, PostgreSQL reads all attributes of all
     * clients, even for a page of twenty. Values are not compared: some databases keep them in a type that they cannot compare.
     */
    private static String has(String attribute) {
        return "(select count(a.name) from ClientAttributeEntity a where a.client.id = c.id and a.name = :" + attribute
                + " and a.value is not null) > 0";
    }

    private static String hasNot(String attribute) {
        return " and not (" + has(attribute) + ")";
    }

    private Map<String, Map<String, String>> attributes(List<String> ids) {
        Map<String, Map<String, String>> found = new HashMap<>();
        rows(
                        "select a.client.id, a.name, a.value from ClientAttributeEntity a where a.client.id in :ids and a.name in :names",
                        ids,
                        Map.of("names", ATTRIBUTES))
                .filter(row -> row[2] != null)
                .forEach(row -> found.computeIfAbsent((String) row[0], id -> new LinkedHashMap<>())
                        .put((String) row[1], (String) row[2]));
        return found;
    }

    private Map<String, List<String>> redirectUris(List<String> ids) {
        return rows("select c.id, u from ClientEntity c join c.redirectUris u where c.id in :ids", ids, Map.of())
                .collect(Collectors.groupingBy(
                        row -> (String) row[0], Collectors.mapping(row -> (String) row[1], Collectors.toList())));
    }

    private Stream<Object[]> rows(String text, List<String> ids, Map<String, Object> values) {
        if (ids.isEmpty()) {
            return Stream.empty();
        }
        TypedQuery<Object[]> query = database.createQuery(text, Object[].class).setParameter("ids", ids);
        values.forEach(query::setParameter);
        return query.getResultList().stream();
    }
}
