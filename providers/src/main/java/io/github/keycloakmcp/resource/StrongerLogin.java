package io.github.keycloakmcp.resource;

import java.util.List;
import java.util.Optional;

import io.github.keycloakmcp.platform.LoginDemands;
import io.github.keycloakmcp.platform.LoginServer;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.resource.LoginDemand;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.utils.AcrUtils;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Has a user log in as the requested scopes of an MCP server demand, and makes sure that it happened. */
final class StrongerLogin {

    private StrongerLogin() {}

    /**
     * Demands the level of the requested scopes, before Keycloak looks whether the user is logged in. Keycloak puts what the client
     * requests in its place, so a client that requests less is refused.
     */
    static Optional<Refusal> demand(
            KeycloakSession session, AuthenticationSessionModel login, AuthorizationEndpointRequest request) {
        ClientModel client = login.getClient();
        Optional<LoginDemand> demand = LoginDemand.highest(LoginDemands.of(
                client, TokenManager.getRequestedClientScopes(session, request.getScope(), client, null)));
        demand.ifPresent(highest -> {
            login.setClientNote(Constants.REQUESTED_LEVEL_OF_AUTHENTICATION, Integer.toString(highest.level()));
            login.setClientNote(Constants.FORCE_LEVEL_OF_AUTHENTICATION, "true");
        });
        return demand.filter(highest -> AcrUtils.getAcrValues(request.getClaims(), request.getAcr(), client).stream()
                        .anyMatch(acr -> LoginDemands.requested(client, acr) < highest.level()))
                .map(LoginDemand::lowerRequested);
    }

    /** Tells whether the user has to log in again, because the login is too old for a requested scope. */
    static boolean isTooOld(KeycloakSession session, AuthenticationSessionModel login, UserSessionModel user) {
        String time = user.getNote(AuthenticationManager.AUTH_TIME);
        List<LoginDemand> demands = demands(session, login);
        return !demands.isEmpty()
                && (time == null || LoginDemand.isTooOld(demands, Time.currentTime() - Long.parseLong(time)));
    }

    /** Returns why the login is not good enough for its scopes: a flow without levels leaves them out. */
    static Optional<Refusal> missed(KeycloakSession session, AuthenticationSessionModel login) {
        int reached = new AcrStore(session, login).getLevelOfAuthenticationFromCurrentAuthentication();
        return LoginDemand.highest(demands(session, login))
                .filter(demand -> reached < demand.level())
                .map(LoginDemand::notReached);
    }

    private static List<LoginDemand> demands(KeycloakSession session, AuthenticationSessionModel login) {
        return LoginDemands.of(login.getClient(), LoginServer.scopes(session, login));
    }
}
