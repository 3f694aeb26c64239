package io.github.keycloakmcp.admission;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.NamedScopes;
import io.github.keycloakmcp.platform.ServerScopes;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The scopes that a realm shows to clients. Some ask for each that they find, at registration or at authorization, so it
 * has to be one that every admitted client has, and one that means something to a client: the realm's plumbing, which
 * never shows in the {@code scope} of a token, does not. The own scopes of MCP servers are not among them: they can be many, each
 * server tells its clients about them (RFC 9728 section 2), and a client that asks for all of them at once is refused.
 */
public final class AdvertisedScopes {

    private AdvertisedScopes() {}

    /**
     * What {@code scopes_supported} may list; {@code openid} always, which is a switch and no client scope.
     *
     * @param forced the scopes that every self-registered client gets
     */
    public static Set<String> of(KeycloakSession session, Set<String> forced) {
        RealmModel realm = session.getContext().getRealm();
        Stream<ClientScopeModel> assigned = Stream.of(
                        realm.getDefaultClientScopesStream(true),
                        realm.getDefaultClientScopesStream(false),
                        NamedScopes.find(session, realm, forced).stream())
                .flatMap(scopes -> scopes);
        return Stream.concat(
                        Stream.of(OAuth2Constants.SCOPE_OPENID),
                        assigned.filter(AdvertisedScopes::isMeantForClients).map(ClientScopeModel::getName))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Tells whether {@code scope} is one that the metadata may list. */
    static boolean isMeantForClients(ClientScopeModel scope) {
        return isPublic(scope) && !ServerScopes.isOwn(scope);
    }

    /** Tells whether {@code scope} is an own scope of MCP servers that any self-registered client may request. */
    static boolean isOffered(ClientScopeModel scope) {
        return isPublic(scope) && ServerScopes.isOwn(scope);
    }

    private static boolean isPublic(ClientScopeModel scope) {
        return scope.isIncludeInOpenIDProviderMetadata() && scope.isIncludeInTokenScope();
    }
}
