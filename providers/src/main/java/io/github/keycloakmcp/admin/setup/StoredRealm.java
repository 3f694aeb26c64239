package io.github.keycloakmcp.admin.setup;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.persistence.EntityManager;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ClientScopeProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.jpa.entities.ClientScopeEntity;
import org.keycloak.models.jpa.entities.ProtocolMapperEntity;

/**
 * A realm as the database has it. Set-up decides by what it reads and writes what it decided; from Keycloak's cache it would
 * read, for a moment, what was there before the change that another node has just made, and undo that change.
 */
final class StoredRealm {

    /** The id of Keycloak's providers behind the cache. */
    private static final String DATABASE = "jpa";

    private static final String FETCH_SIZE = "org.hibernate.fetchSize";

    /** Rows that the database sends at once; Keycloak's 64 would make a round trip of every dozen mappers. */
    private static final int ROWS = 5_000;

    private final KeycloakSession session;
    private final RealmModel realm;

    StoredRealm(KeycloakSession session, RealmModel cached) {
        RealmProvider realms = session.getProvider(RealmProvider.class, DATABASE);
        this.session = session;
        this.realm = realms == null ? cached : Objects.requireNonNullElse(realms.getRealm(cached.getId()), cached);
    }

    RealmModel realm() {
        return realm;
    }

    Stream<ClientScopeModel> scopes() {
        ClientScopeProvider stored = session.getProvider(ClientScopeProvider.class, DATABASE);
        return stored == null
                ? session.clientScopes().getClientScopesStream(realm)
                : ids().stream().map(id -> stored.getClientScopeById(realm, id)).filter(Objects::nonNull);
    }

    /**
     * Reads all scopes with their mappers into the persistence context, in two statements. Keycloak's list of scopes comes
     * through the cache, and its provider behind the cache has three statements for each scope.
     */
    private List<String> ids() {
        EntityManager database =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        List<ClientScopeEntity> scopes = database.createQuery(
                        "select distinct s from ClientScopeEntity s left join fetch s.protocolMappers"
                                + " where s.realmId = :realm order by s.name",
                        ClientScopeEntity.class)
                .setParameter("realm", realm.getId())
                .setHint(FETCH_SIZE, ROWS)
                .getResultList();
        database.createQuery(
                        "select distinct m from ProtocolMapperEntity m left join fetch m.config"
                                + " where m.clientScope.realmId = :realm",
                        ProtocolMapperEntity.class)
                .setParameter("realm", realm.getId())
                .setHint(FETCH_SIZE, ROWS)
                .getResultList();
        return scopes.stream().map(ClientScopeEntity::getId).toList();
    }

    Optional<ClientScopeModel> scope(String name) {
        return scopes().filter(scope -> scope.getName().equals(name)).findFirst();
    }
}
