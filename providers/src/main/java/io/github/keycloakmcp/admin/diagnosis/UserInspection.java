package io.github.keycloakmcp.admin.diagnosis;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.ClientIds;
import io.github.keycloakmcp.platform.ServerCatalogue;
import io.github.keycloakmcp.platform.UserAccess;
import io.github.keycloakmcp.rule.diagnosis.Finding;
import io.github.keycloakmcp.rule.diagnosis.UserChecks;
import io.github.keycloakmcp.rule.diagnosis.UserFacts;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;

/** Checks whether one user would get a token, by the decision that a login makes. */
public final class UserInspection {

    private final KeycloakSession session;
    private final RealmModel realm;

    public UserInspection(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * Returns the findings for a user.
     *
     * @param name the user name
     * @param client the client that the user would log in with; null for one that registers itself
     * @param resources the MCP servers that the client would request
     */
    public List<Finding> of(String name, @Nullable String client, List<String> resources) {
        UserModel user = session.users().getUserByUsername(realm, name);
        if (user == null) {
            return List.of(UserChecks.unknown(name));
        }
        List<ClientScopeModel> scopes = scopes(client);
        RoleModel offline = realm.getRole(OAuth2Constants.OFFLINE_ACCESS);
        return UserChecks.of(new UserFacts(
                user.getUsername(),
                user.isEnabled(),
                realm.isBruteForceProtected()
                        && session.getProvider(BruteForceProtector.class).isTemporarilyDisabled(session, realm, user),
                user.getRequiredActionsStream().sorted().toList(),
                offline != null && user.hasRole(offline),
                resources.stream()
                        .map(resource -> UserAccess.decide(session, user, scopes, List.of(), List.of(resource)))
                        .toList()));
    }

    /** The MCP scopes that the client may have; a client that does not exist yet gets the forced ones and the realm's. */
    private List<ClientScopeModel> scopes(@Nullable String client) {
        ClientModel found =
                client == null ? null : ClientIds.find(realm, client).orElse(null);
        Stream<ClientScopeModel> scopes;
        if (found == null) {
            Set<String> forced = RegistrationJudges.forcedScopes(realm, ActiveExecutors.in(session));
            scopes = Stream.concat(
                            realm.getClientScopesStream().filter(scope -> forced.contains(scope.getName())),
                            realm.getDefaultClientScopesStream(true))
                    .distinct();
        } else {
            scopes = Stream.of(true, false).flatMap(byDefault -> found.getClientScopes(byDefault).values().stream());
        }
        return scopes.filter(scope -> scope.getProtocolMappersStream().anyMatch(ServerCatalogue::isDeclaration))
                .toList();
    }
}
