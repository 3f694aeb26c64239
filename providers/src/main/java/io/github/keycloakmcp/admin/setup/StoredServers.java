package io.github.keycloakmcp.admin.setup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;
import jakarta.persistence.EntityManager;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The clients of MCP servers as the database has them, in a fixed number of statements. Keycloak's SPI finds a client by its id,
 * one statement for each, or by the value of an attribute that the server's configuration has to list.
 */
final class StoredServers {

    private final EntityManager database;
    private final RealmModel realm;

    StoredServers(KeycloakSession session, RealmModel realm) {
        this.database = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = realm;
    }

    /** Those of {@code servers} that a client of the realm is, by its id or by the URL that it declares, a slash forgiven. */
    Set<String> withClient(List<ResourceIndicator> servers) {
        List<String> ids =
                servers.stream().flatMap(StoredServers::spellings).distinct().toList();
        Set<String> taken = new HashSet<>(declared());
        if (!ids.isEmpty()) {
            database.createQuery(
                            "select c.clientId from ClientEntity c where c.realmId = :realm and c.clientId in :ids",
                            String.class)
                    .setParameter("realm", realm.getId())
                    .setParameter("ids", ids)
                    .getResultList()
                    .forEach(id -> canonical(id).forEach(taken::add));
        }
        Set<String> found = new HashSet<>();
        servers.stream()
                .filter(server ->
                        taken.contains(server.canonical()) || taken.contains(server.canonicalWithSlashToggled()))
                .forEach(server -> found.add(server.written()));
        return found;
    }

    /**
     * Internal ids of the clients that the conversion made, in the order of their client ids.
     *
     * @param after the client id after which the page begins
     */
    List<String> converted(String after, int max) {
        return database.createQuery(
                        "select c.id from ClientEntity c where c.realmId = :realm and c.clientId > :after"
                                + " and (select count(a.name) from ClientAttributeEntity a"
                                + " where a.client.id = c.id and a.name = :converted) > 0 order by c.clientId",
                        String.class)
                .setParameter("realm", realm.getId())
                .setParameter("after", after)
                .setParameter("converted", ClientAttributes.CONVERTED)
                .setMaxResults(max)
                .getResultList();
    }

    /** Internal ids of the clients that declare MCP servers on a mapper of their own. */
    List<String> withMapper() {
        return database.createQuery(
                        "select distinct m.client.id from ProtocolMapperEntity m"
                                + " where m.client.realmId = :realm and m.protocolMapper = :mapper",
                        String.class)
                .setParameter("realm", realm.getId())
                .setParameter("mapper", ProviderIds.RESOURCE_AUDIENCE)
                .getResultList();
    }

    /** Values are compared here: some databases keep them in a type that they cannot compare. */
    private List<String> declared() {
        List<String> declared = new ArrayList<>();
        database.createQuery(
                        "select a.value from ClientAttributeEntity a where a.client.realmId = :realm and a.name = :url",
                        String.class)
                .setParameter("realm", realm.getId())
                .setParameter("url", ClientAttributes.RESOURCE_URL)
                .getResultList()
                .forEach(url -> canonical(url).forEach(declared::add));
        return declared;
    }

    private static Stream<String> canonical(String uri) {
        return ResourceIndicator.parseAlsoPlainHttp(uri) instanceof Verdict.Allowed<ResourceIndicator> read
                ? Stream.of(read.value().canonical())
                : Stream.of();
    }

    private static Stream<String> spellings(ResourceIndicator server) {
        return Stream.of(server.written(), server.canonical(), server.canonicalWithSlashToggled());
    }
}
