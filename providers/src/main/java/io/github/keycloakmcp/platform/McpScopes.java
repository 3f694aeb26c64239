package io.github.keycloakmcp.platform;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The client scopes that open MCP servers: those with our mapper. They tell an MCP client from any other. */
public final class McpScopes {

    private McpScopes() {}

    /** Whether {@code realm} has any. */
    public static boolean areIn(RealmModel realm) {
        return opening(realm.getClientScopesStream()).findAny().isPresent();
    }

    /** The names of those with these names that open MCP servers. */
    public static Set<String> named(KeycloakSession session, RealmModel realm, Collection<String> names) {
        return names(NamedScopes.find(session, realm, names).stream());
    }

    /** The internal ids of the MCP scopes of {@code realm}. */
    public static Set<String> idsIn(RealmModel realm) {
        return opening(realm.getClientScopesStream())
                .map(ClientScopeModel::getId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The names of those of {@code scopes} that open MCP servers. */
    public static Set<String> names(Stream<ClientScopeModel> scopes) {
        return opening(scopes).map(ClientScopeModel::getName).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<ClientScopeModel> opening(Stream<ClientScopeModel> scopes) {
        return scopes.filter(scope -> scope.getProtocolMappersStream()
                .anyMatch(mapper -> ProviderIds.RESOURCE_AUDIENCE.equals(mapper.getProtocolMapper())));
    }
}
