package io.github.keycloakmcp.consent;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ChosenScopes;
import io.github.keycloakmcp.platform.LoginServer;
import io.github.keycloakmcp.platform.ServerScopes;
import io.github.keycloakmcp.platform.UserRoles;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.CarriedScopes;
import io.github.keycloakmcp.rule.resource.McpServer;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The scopes of a consent page: those that the user can select, those that the user has approved before, and what takes their
 * place in Keycloak's list of scopes.
 */
final class PageScopes {

    private final KeycloakSession session;
    private final AuthenticationSessionModel login;
    private final List<ClientScopeModel> displayed;
    private final Set<String> carried;

    PageScopes(KeycloakSession session, AuthenticationSessionModel login, McpServer server) {
        this.session = session;
        this.login = login;
        List<ClientScopeModel> requested = LoginServer.scopes(session, login).toList();
        this.displayed = requested.stream()
                .filter(scope -> !(scope instanceof ClientModel) && scope.isDisplayOnConsentScreen())
                .toList();
        Set<String> leftOut = leftOut(requested, server);
        this.carried = names(displayed.stream().filter(scope -> !leftOut.contains(scope.getName())));
    }

    /**
     * What the user is asked for: the displayed scopes that the token will carry. A scope for which the user has no role yet is
     * no part of an approval, nor is a general one that gives way to scopes of the server.
     */
    Set<String> asked() {
        return carried;
    }

    /**
     * The scopes to select, the texts of those that the user has approved before, and the texts that Keycloak's list does not
     * show because of them, or because the token will not carry the scope.
     */
    Map<String, Object> facts() {
        List<ClientScopeModel> offered = ChosenScopes.offered(session, login);
        Set<String> kept = ChosenScopes.kept(login);
        Set<String> selectable = names(offered.stream());
        Predicate<ClientScopeModel> listed = scope -> carried.contains(scope.getName())
                && !kept.contains(scope.getName())
                && !selectable.contains(scope.getName());
        Set<String> shown = texts(listed).collect(Collectors.toSet());
        return Map.of(
                "asked",
                ChosenScopes.ASKED,
                "selected",
                ChosenScopes.SELECTED,
                "scopes",
                offered.stream().map(PageScopes::shown).toList(),
                "kept",
                texts(scope -> carried.contains(scope.getName()) && kept.contains(scope.getName()))
                        .toList(),
                "replaces",
                texts(listed.negate()).filter(text -> !shown.contains(text)).toList());
    }

    private Set<String> leftOut(List<ClientScopeModel> requested, McpServer server) {
        return ServerScopes.decide(
                                session,
                                requested,
                                scope -> UserRoles.permit(scope, login.getAuthenticatedUser()),
                                List.of(server),
                                Set.of())
                        instanceof Verdict.Allowed<CarriedScopes> decided
                ? decided.value().leftOut()
                : Set.of();
    }

    private Stream<String> texts(Predicate<ClientScopeModel> choice) {
        return displayed.stream()
                .filter(choice)
                .map(ClientScopeModel::getConsentScreenText)
                .distinct();
    }

    private static Map<String, Object> shown(ClientScopeModel scope) {
        return Map.of(
                "name", scope.getName(),
                "text", scope.getConsentScreenText(),
                "sensitive", ServerScopes.isSensitive(scope));
    }

    private static Set<String> names(Stream<ClientScopeModel> scopes) {
        return scopes.map(ClientScopeModel::getName).collect(Collectors.toUnmodifiableSet());
    }
}
