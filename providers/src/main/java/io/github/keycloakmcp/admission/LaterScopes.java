package io.github.keycloakmcp.admission;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.FreshRead;
import io.github.keycloakmcp.platform.NamedScopes;
import io.github.keycloakmcp.platform.OwnTransaction;
import io.github.keycloakmcp.rule.ScopeList;
import io.github.keycloakmcp.settings.RealmSettings;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Gives a self-registered client the scopes that the realm's metadata lists by now, and the own scopes of MCP servers, when it
 * requests them. A scope that is added to a realm is advertised at once, and MCP servers ask for it; a client that is installed
 * keeps its registration, and would fail with {@code invalid_scope} until it registers again, which it would be allowed to.
 */
public final class LaterScopes {

    private static final Logger LOG = Logger.getLogger(LaterScopes.class);

    private LaterScopes() {}

    /**
     * Assigns what is missing, as optional scopes.
     *
     * @param clientId the client of an authorization request
     * @param scope its parameter {@code scope}
     */
    public static void give(KeycloakSession session, @Nullable String clientId, @Nullable String scope) {
        RealmModel realm = session.getContext().getRealm();
        if (clientId == null || scope == null) {
            return;
        }
        ClientModel client = realm.getClientByClientId(clientId);
        if (client == null || client.getAttribute(ClientAttributes.REGISTERED) == null) {
            return;
        }
        Set<String> lacking = lacking(client, scope);
        if (!lacking.isEmpty()) {
            lacking.retainAll(mayHave(session, realm, lacking));
        }
        if (lacking.isEmpty()) {
            return;
        }
        try {
            // Its own transaction: two users of a shared client may be the first at the same moment.
            OwnTransaction.result(session.getKeycloakSessionFactory(), session.getContext(), own -> {
                add(own, clientId, lacking);
                return true;
            });
        } catch (RuntimeException e) {
            LOG.debugf(e, "scopes were assigned to client %s by another request", clientId);
        }
        // This request has read the scopes before.
        FreshRead.client(session, clientId);
        if (!client.getClientScopes(false).keySet().containsAll(lacking)) {
            add(session, clientId, lacking);
        }
    }

    private static Set<String> mayHave(KeycloakSession session, RealmModel realm, Set<String> names) {
        Set<String> forced = RealmSettings.in(session).registration().forcedScopes();
        return Stream.concat(
                        AdvertisedScopes.of(session, forced).stream(),
                        NamedScopes.find(session, realm, names).stream()
                                .filter(AdvertisedScopes::isOffered)
                                .map(ClientScopeModel::getName))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> lacking(ClientModel client, String scope) {
        Set<String> lacking = new HashSet<>(ScopeList.names(scope));
        lacking.remove(OAuth2Constants.SCOPE_OPENID);
        lacking.removeAll(client.getClientScopes(false).keySet());
        lacking.removeAll(client.getClientScopes(true).keySet());
        return lacking;
    }

    private static void add(KeycloakSession own, String clientId, Set<String> names) {
        RealmModel realm = own.getContext().getRealm();
        ClientModel client = realm.getClientByClientId(clientId);
        client.addClientScopes(Set.copyOf(NamedScopes.find(own, realm, names)), false);
    }
}
