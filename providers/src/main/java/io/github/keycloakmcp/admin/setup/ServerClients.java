package io.github.keycloakmcp.admin.setup;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.McpScopes;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.managers.ClientManager;

/**
 * Makes the clients of MCP servers. Such a client cannot log users in and gets no tokens of its own. It has none of the scopes
 * that open MCP servers: with them, ten thousand servers would be listed as ten thousand MCP clients.
 */
final class ServerClients {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final List<String> defaults;
    private final List<String> optional;

    ServerClients(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        Set<String> opening = McpScopes.names(Stream.of(true, false).flatMap(realm::getDefaultClientScopesStream));
        this.defaults = scopes(true, name -> !opening.contains(name));
        this.optional = scopes(false, name -> !opening.contains(name));
    }

    /** Makes the client of the server {@code uri}, which has none. */
    ClientModel create(String uri) {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(uri);
        client.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        client.setPublicClient(false);
        client.setStandardFlowEnabled(false);
        client.setDirectAccessGrantsEnabled(false);
        client.setServiceAccountsEnabled(false);
        client.setFullScopeAllowed(false);
        client.setDefaultClientScopes(defaults);
        client.setOptionalClientScopes(optional);
        ClientModel made = ClientManager.createClient(session, realm, client);
        made.setAttribute(ClientAttributes.RESOURCE_URL, uri);
        return made;
    }

    private List<String> scopes(boolean assigned, Predicate<String> chosen) {
        return realm.getDefaultClientScopesStream(assigned)
                .map(ClientScopeModel::getName)
                .filter(chosen)
                .toList();
    }
}
