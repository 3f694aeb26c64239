package io.github.keycloakmcp.platform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.persistence.EntityManager;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Finds client scopes by their names. Keycloak's own way is to go through all scopes of the realm; with thousands of MCP
 * servers these are tens of thousands, more than its cache has room for.
 */
public final class NamedScopes {

    /** Names that one statement looks up; databases limit how many values a statement has. */
    private static final int LOOK_UP = 500;

    private static final String QUERY =
            "select scope.id from ClientScopeEntity scope where scope.realmId = :realm and scope.name in :names";

    private NamedScopes() {}

    /** The scopes of {@code realm} with these names. Those that the realm gives to new clients need no statement. */
    public static List<ClientScopeModel> find(KeycloakSession session, RealmModel realm, Collection<String> names) {
        return find(realm, names, some -> ids(session, realm, some));
    }

    /**
     * The same in the realm of a request that sets marks afterwards ({@link SharedMarks#beforehand}): anyone may name a scope that
     * does not exist, which no cache knows.
     */
    public static List<ClientScopeModel> findBeforeMarks(KeycloakSession session, Collection<String> names) {
        return find(
                session.getContext().getRealm(),
                names,
                some -> SharedMarks.beforehand(session, own -> inCache(own, some)));
    }

    private static List<ClientScopeModel> find(
            RealmModel realm, Collection<String> names, Function<List<String>, List<String>> ids) {
        Set<String> wanted = names.stream()
                .filter(name -> name != null && ClientIds.isPossible(name))
                .collect(Collectors.toCollection(HashSet::new));
        Map<String, ClientScopeModel> found = new LinkedHashMap<>();
        Stream.concat(realm.getDefaultClientScopesStream(true), realm.getDefaultClientScopesStream(false))
                .filter(scope -> wanted.contains(scope.getName()))
                .forEach(scope -> found.put(scope.getName(), scope));
        wanted.removeAll(found.keySet());
        List<String> others = List.copyOf(wanted);
        for (int from = 0; from < others.size(); from += LOOK_UP) {
            ids.apply(others.subList(from, Math.min(others.size(), from + LOOK_UP))).stream()
                    .map(realm::getClientScopeById)
                    .filter(Objects::nonNull)
                    // Some databases take no notice of the case.
                    .filter(scope -> wanted.contains(scope.getName()))
                    .forEach(scope -> found.put(scope.getName(), scope));
        }
        return new ArrayList<>(found.values());
    }

    /**
     * Returns the name of a scope that the database takes for the one with this name: where it compares texts without regard to
     * case, a realm cannot have both, and adding the second fails.
     */
    public static Optional<String> sameText(KeycloakSession session, RealmModel realm, String name) {
        return ids(session, realm, List.of(name)).stream()
                .map(realm::getClientScopeById)
                .filter(Objects::nonNull)
                .map(ClientScopeModel::getName)
                .filter(other -> !other.equals(name))
                .findFirst();
    }

    /** The ids of scopes that are in the cache afterwards. */
    private static List<String> inCache(KeycloakSession session, List<String> names) {
        RealmModel realm = session.getContext().getRealm();
        List<String> ids = ids(session, realm, names);
        ids.forEach(realm::getClientScopeById);
        return ids;
    }

    private static List<String> ids(KeycloakSession session, RealmModel realm, List<String> names) {
        EntityManager database =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return database.createQuery(QUERY, String.class)
                .setParameter("realm", realm.getId())
                .setParameter("names", names)
                .getResultList();
    }
}
