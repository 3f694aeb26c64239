package io.github.keycloakmcp.platform;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.resource.LoginDemand;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.protocol.oidc.utils.AcrUtils;

/** What scopes of MCP servers demand of a login, by the settings of their mappers. */
public final class LoginDemands {

    private LoginDemands() {}

    /**
     * Returns the demands of the own scopes among {@code scopes}.
     *
     * @param client the client that requests them, which may have a mapping of ACR values to levels of its own
     */
    public static List<LoginDemand> of(ClientModel client, Stream<ClientScopeModel> scopes) {
        return scopes.filter(scope -> !(scope instanceof ClientModel))
                .flatMap(scope -> ServerScopes.declarations(scope)
                        .filter(mapper -> ServerSettings.SERVER_SCOPE.in(mapper.getConfig()))
                        .map(mapper -> new LoginDemand(
                                scope.getName(),
                                demanded(client, ServerSettings.LOGIN_ACR.in(mapper.getConfig())),
                                ServerSettings.LOGIN_MAX_AGE.in(mapper.getConfig()))))
                .filter(LoginDemand::isAny)
                .toList();
    }

    /** Returns the level of an ACR value that a client requests; Keycloak takes an unknown one for the lowest. */
    public static int requested(ClientModel client, String acr) {
        return level(client, acr).orElse(0);
    }

    private static int demanded(ClientModel client, String acr) {
        return acr.isEmpty() ? 0 : level(client, acr).orElse(LoginDemand.UNKNOWN_LEVEL);
    }

    private static Optional<Integer> level(ClientModel client, String acr) {
        return Optional.ofNullable(AcrUtils.getAcrLoaMap(client).get(acr))
                .or(() -> acr.matches("\\d{1,4}") ? Optional.of(Integer.parseInt(acr)) : Optional.empty());
    }
}
