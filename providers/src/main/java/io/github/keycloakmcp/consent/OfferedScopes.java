package io.github.keycloakmcp.consent;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ChosenScopes;
import io.github.keycloakmcp.platform.LoginServer;
import io.github.keycloakmcp.platform.McpScopes;
import io.github.keycloakmcp.platform.ServerScopes;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The scopes that the page lets the user select, and what takes their place in Keycloak's list of scopes. */
final class OfferedScopes {

    private final KeycloakSession session;
    private final AuthenticationSessionModel login;

    OfferedScopes(KeycloakSession session, AuthenticationSessionModel login) {
        this.session = session;
        this.login = login;
    }

    /**
     * The scopes to select, and the texts of Keycloak's list that are not shown beside them: their own, and those of scopes
     * that the token will not carry.
     */
    Map<String, Object> facts() {
        List<ClientScopeModel> offered = ChosenScopes.offered(session, login);
        return Map.of(
                "asked",
                ChosenScopes.ASKED,
                "selected",
                ChosenScopes.SELECTED,
                "scopes",
                offered.stream().map(OfferedScopes::shown).toList(),
                "replaces",
                offered.isEmpty() ? List.of() : replaced(offered));
    }

    private static Map<String, Object> shown(ClientScopeModel scope) {
        return Map.of(
                "name", scope.getName(),
                "text", scope.getConsentScreenText(),
                "sensitive", ServerScopes.isSensitive(scope));
    }

    private List<String> replaced(List<ClientScopeModel> offered) {
        Stream<ClientScopeModel> general = LoginServer.scopes(session, login)
                .filter(scope -> !ServerScopes.isOwn(scope)
                        && !McpScopes.names(Stream.of(scope)).isEmpty());
        return Stream.concat(offered.stream(), general)
                .map(ClientScopeModel::getConsentScreenText)
                .distinct()
                .toList();
    }
}
