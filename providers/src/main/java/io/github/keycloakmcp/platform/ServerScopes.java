package io.github.keycloakmcp.platform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.CarriedScopes;
import io.github.keycloakmcp.rule.resource.McpScope;
import io.github.keycloakmcp.rule.resource.McpServer;
import io.github.keycloakmcp.rule.resource.McpServers;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;

/**
 * The scopes that MCP servers define: client scopes whose mapper says so ({@link ServerSettings#SERVER_SCOPE}). Logins, tokens
 * and diagnosis ask here. Only the scopes of the request are read, from Keycloak's cache, so that it makes no difference how
 * many servers a realm has.
 */
public final class ServerScopes {

    private ServerScopes() {}

    /** Tells whether {@code scope} is one of its servers' own scopes. */
    public static boolean isOwn(ClientScopeModel scope) {
        return scope.getProtocolMappersStream()
                .anyMatch(mapper ->
                        ServerCatalogue.isDeclaration(mapper) && ServerSettings.SERVER_SCOPE.in(mapper.getConfig()));
    }

    /** Tells whether users have to select {@code scope} themselves. */
    public static boolean isSensitive(ClientScopeModel scope) {
        return declarations(scope).anyMatch(mapper -> ServerSettings.SENSITIVE.in(mapper.getConfig()));
    }

    /**
     * Decides which scopes a token carries.
     *
     * @param requested the scopes of the request, whether or not the user has the roles for them
     * @param permitted tells whether the user may have a scope
     * @param servers the servers that the token is for
     * @param named the scopes that this request itself names
     */
    public static Verdict<CarriedScopes> decide(
            KeycloakSession session,
            List<ClientScopeModel> requested,
            Predicate<ClientScopeModel> permitted,
            Collection<McpServer> servers,
            Set<String> named) {
        if (servers.isEmpty() || requested.stream().noneMatch(ServerScopes::isOwn)) {
            return Verdict.allowed(CarriedScopes.ALL);
        }
        List<String> uris = servers.stream().map(McpServer::uri).toList();
        List<McpScope> scopes = new ArrayList<>();
        for (ClientScopeModel scope : requested) {
            if (!(scope instanceof ClientModel) && declarations(scope).findAny().isPresent()) {
                boolean its = ServerCatalogue.of(session, scope.getProtocolMappersStream(), uris)
                                instanceof Verdict.Allowed<McpServers> opened
                        && uris.stream().allMatch(opened.value()::opens);
                scopes.add(
                        new McpScope(scope.getName(), isOwn(scope), its, permitted.test(scope), UserRoles.of(scope)));
            }
        }
        return CarriedScopes.decide(servers, scopes, named);
    }

    static Stream<ProtocolMapperModel> declarations(ClientScopeModel scope) {
        return scope.getProtocolMappersStream().filter(ServerCatalogue::isDeclaration);
    }
}
