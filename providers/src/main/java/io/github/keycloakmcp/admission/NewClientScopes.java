package io.github.keycloakmcp.admission;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.keycloakmcp.rule.registration.AssignedScopes;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * The scopes of the client that this request creates. Keycloak gives every new client the realm's scopes, and only then takes
 * some away and adds others, with several statements for each. Where the scopes are known here at the moment of creation,
 * the client gets them at once.
 *
 * @param realmId the realm of the client
 * @param scopes what admission decided
 */
public record NewClientScopes(String realmId, AssignedScopes scopes) {

    private static final String ATTRIBUTE = NewClientScopes.class.getName();

    void keepIn(KeycloakSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    /** Takes the scopes for the one client that is created in this request; none where admission was not asked. */
    public static Optional<NewClientScopes> take(KeycloakSession session, RealmModel realm) {
        return Optional.ofNullable(session.removeAttribute(ATTRIBUTE))
                .map(NewClientScopes.class::cast)
                .filter(scopes -> scopes.realmId().equals(realm.getId()));
    }

    /** Gives the new client its scopes. */
    public void giveTo(RealmModel realm, ClientModel client) {
        client.addClientScopes(named(realm, scopes.defaults()), true);
        client.addClientScopes(named(realm, scopes.optional()), false);
    }

    private static Set<ClientScopeModel> named(RealmModel realm, List<String> names) {
        return realm.getClientScopesStream()
                .filter(scope -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol()))
                .filter(scope -> names.contains(scope.getName()))
                .collect(Collectors.toSet());
    }
}
