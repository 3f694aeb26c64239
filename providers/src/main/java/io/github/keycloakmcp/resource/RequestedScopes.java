package io.github.keycloakmcp.resource;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.ServerCatalogue;
import io.github.keycloakmcp.platform.UserRoles;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.ScopeList;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.UnopenedServer;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;

/**
 * The MCP scopes that a request is for, whether or not the token gets them. Keycloak drops a scope without a word when the
 * user has no role for it, and knows no MCP scope where the client does not request it; the token would then have no
 * audience, and the MCP server would reject it without telling why.
 */
final class RequestedScopes {

    private RequestedScopes() {}

    /** Why a token request cannot have its MCP server, though no effective scope opens one; empty where it was for none. */
    static Optional<Refusal> dropped(
            KeycloakSession session, TokenPostProcessorContext context, List<String> resources) {
        AuthenticatedClientSessionModel clientSession =
                context.clientSessionCtx().getClientSession();
        ClientModel client = clientSession.getClient();
        UserModel user = clientSession.getUserSession().getUser();
        List<ClientScopeModel> withoutRole = RequestedClientScopes.ifAny(
                        session, scope(session, context, clientSession), client, user, ServerCatalogue::isDeclaredBy)
                .stream()
                .filter(ServerCatalogue::isDeclaredBy)
                .filter(scope -> !UserRoles.permit(scope, user))
                .toList();
        if (!withoutRole.isEmpty()) {
            return Optional.of(UnopenedServer.withoutRole(
                    withoutRole.stream().map(ClientScopeModel::getName).toList(),
                    withoutRole.stream()
                            .flatMap(scope -> UserRoles.of(scope).stream())
                            .distinct()
                            .toList()));
        }
        String[] audience = context.accessToken().getAudience();
        boolean opensSomething = audience != null && audience.length > 0;
        return opensSomething || context.requestRefreshToken() != null
                ? Optional.empty()
                : notRequested(session, client, resources);
    }

    /**
     * Why an authorization request cannot be for the MCP server that it names; empty for a client that has nothing to do with
     * MCP: what such a client sends as resource may mean something to another extension.
     */
    static Optional<Refusal> unopened(KeycloakSession session, ClientModel client, List<String> resources) {
        boolean isMcpClient = client.getAttribute(ClientAttributes.REGISTERED) != null
                || client.getClientScopes(false).values().stream().anyMatch(ServerCatalogue::isDeclaredBy);
        return isMcpClient ? notRequested(session, client, resources) : Optional.empty();
    }

    /**
     * Why a request of a client cannot have the MCP server that it names, though it requests no scope that opens one; empty
     * where it names none, or a resource that is none of the realm's MCP servers.
     */
    private static Optional<Refusal> notRequested(KeycloakSession session, ClientModel client, List<String> resources) {
        if (resources.isEmpty()) {
            return Optional.empty();
        }
        List<ClientScopeModel> optional = client.getClientScopes(false).values().stream()
                .filter(ServerCatalogue::isDeclaredBy)
                .toList();
        if (!optional.isEmpty()) {
            return Optional.of(UnopenedServer.withoutScope(
                    resources.get(0),
                    optional.stream().map(ClientScopeModel::getName).sorted().toList()));
        }
        return opens(session, client.getRealm().getClientScopesStream(), resources)
                ? Optional.of(UnopenedServer.ofClient(resources.get(0)))
                : Optional.empty();
    }

    /** Tells whether scopes open one of the resources. */
    private static boolean opens(KeycloakSession session, Stream<ClientScopeModel> scopes, List<String> resources) {
        return ServerCatalogue.of(session, scopes.flatMap(ClientScopeModel::getProtocolMappersStream), resources)
                        instanceof Verdict.Allowed<McpServers> servers
                && resources.stream()
                        .anyMatch(resource -> servers.value().find(resource) instanceof Verdict.Allowed<?>);
    }

    /** Tells whether the realm has an MCP server. */
    static boolean isMcp(RealmModel realm) {
        return realm.getClientScopesStream().anyMatch(ServerCatalogue::isDeclaredBy);
    }

    /** The scopes that a token request is for. The note of the client session is that of the last login with a scope. */
    static @Nullable String scope(
            KeycloakSession session, TokenPostProcessorContext context, AuthenticatedClientSessionModel clientSession) {
        if (context.requestRefreshToken() != null) {
            return refreshed(session, context.requestRefreshToken().getScope());
        }
        if (context.code() != null) {
            return context.code().getScope();
        }
        return OAuth2Constants.DEVICE_CODE_GRANT_TYPE.equals(ResourceRequest.grantType(context.clientSessionCtx()))
                ? DeviceGrant.scope(session).orElseGet(() -> clientSession.getNote(OAuth2Constants.SCOPE))
                : parameter(session);
    }

    /**
     * The scopes of a refresh token, or those of them that the request names (RFC 6749 section 6).
     *
     * @param granted the scopes of the refresh token
     */
    static @Nullable String refreshed(KeycloakSession session, @Nullable String granted) {
        String named = parameter(session);
        if (granted == null || named == null || named.isEmpty()) {
            return granted;
        }
        return ScopeList.only(granted, ScopeList.names(named));
    }

    private static @Nullable String parameter(KeycloakSession session) {
        return session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(OAuth2Constants.SCOPE);
    }
}
