package io.github.keycloakmcp.admission;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.NamedScopes;
import io.github.keycloakmcp.rule.registration.AssignedScopes;
import jakarta.persistence.EntityManager;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.ClientEntity;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.storage.StorageId;

/**
 * The scopes of the client that this request creates. Keycloak gives every new client the realm's scopes, and only then
 * removes some and adds others, with several statements for each and the client itself written twice. Here the client gets its
 * scopes once, at the moment of creation, and nothing is left to compare.
 *
 * @param realmId the realm of the client
 * @param client what Keycloak is about to write; its scopes are cleared once the client has them
 * @param scopes by identifier, whether the scope is a default one. Found before the client exists: while a request creates a
 *     client, Keycloak reads the realm's scopes from the database
 */
public record NewClientScopes(String realmId, ClientRepresentation client, Map<String, Boolean> scopes) {

    private static final String ATTRIBUTE = NewClientScopes.class.getName();

    private static final String INSERT =
            "insert into ClientScopeClientMappingEntity (clientScopeId, defaultScope, clientId)"
                    + " select scope.id, :byDefault, :client from ClientScopeEntity scope where scope.id in :scopes";

    static NewClientScopes of(KeycloakSession session, ClientRepresentation client, AssignedScopes assigned) {
        RealmModel realm = session.getContext().getRealm();
        Map<String, Boolean> scopes = new LinkedHashMap<>();
        List<String> names = Stream.concat(assigned.defaults().stream(), assigned.optional().stream())
                .toList();
        NamedScopes.findBeforeMarks(session, names).stream()
                .filter(scope -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol()))
                .forEach(scope -> scopes.put(scope.getId(), assigned.defaults().contains(scope.getName())));
        return new NewClientScopes(realm.getId(), client, scopes);
    }

    void keepIn(KeycloakSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    /** Takes the scopes for the one client that is created in this request; none where admission was not asked. */
    public static Optional<NewClientScopes> take(KeycloakSession session, RealmModel realm) {
        return Optional.ofNullable(session.removeAttribute(ATTRIBUTE))
                .map(NewClientScopes.class::cast)
                .filter(scopes -> scopes.realmId().equals(realm.getId()));
    }

    /**
     * Gives the new client its scopes, with one statement for the default ones and one for the others. Keycloak's own call has
     * one for each, asks twice for the scopes of a client that cannot have any yet, and has the client written before it is
     * complete; it is used where the client or a scope is not in Keycloak's database.
     */
    public void giveTo(KeycloakSession session, RealmModel realm, ClientModel created) {
        EntityManager database =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        boolean local = database.find(ClientEntity.class, created.getId()) != null
                && scopes.keySet().stream().allMatch(StorageId::isLocalStorage);
        for (boolean byDefault : List.of(true, false)) {
            Set<String> wanted = scopes.entrySet().stream()
                    .filter(scope -> scope.getValue() == byDefault)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            if (!local) {
                created.addClientScopes(
                        wanted.stream().map(realm::getClientScopeById).collect(Collectors.toSet()), byDefault);
            } else if (!wanted.isEmpty()) {
                database.createQuery(INSERT)
                        .setParameter("client", created.getId())
                        .setParameter("byDefault", byDefault)
                        .setParameter("scopes", wanted)
                        .executeUpdate();
            }
        }
        client.setDefaultClientScopes(null);
        client.setOptionalClientScopes(null);
    }
}
