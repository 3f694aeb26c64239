package io.github.keycloakmcp.admin.setup;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ClientScopeProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;

/**
 * A realm as the database has it. Set-up decides by what it reads and writes what it decided; from Keycloak's cache it would
 * read, for a moment, what was there before the change that another node has just made, and undo that change.
 */
final class StoredRealm {

    /** The id of Keycloak's providers behind the cache. */
    private static final String DATABASE = "jpa";

    private final RealmModel realm;
    private final ClientScopeProvider scopes;

    StoredRealm(KeycloakSession session, RealmModel cached) {
        RealmProvider realms = session.getProvider(RealmProvider.class, DATABASE);
        ClientScopeProvider stored = session.getProvider(ClientScopeProvider.class, DATABASE);
        this.realm = realms == null ? cached : Objects.requireNonNullElse(realms.getRealm(cached.getId()), cached);
        this.scopes = stored == null ? session.clientScopes() : stored;
    }

    RealmModel realm() {
        return realm;
    }

    /** Each is looked up once more by its id, because Keycloak's list of them comes through the cache. */
    Stream<ClientScopeModel> scopes() {
        return scopes.getClientScopesStream(realm)
                .map(scope -> scopes.getClientScopeById(realm, scope.getId()))
                .filter(Objects::nonNull);
    }

    Optional<ClientScopeModel> scope(String name) {
        return scopes().filter(scope -> scope.getName().equals(name)).findFirst();
    }
}
