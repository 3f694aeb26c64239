package io.github.keycloakmcp.admin.setup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.ServerSettings;
import io.github.keycloakmcp.platform.Setting;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.Constants;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/** Client scopes that are own scopes of MCP servers, and the list of servers on their mapper. */
final class OwnScopes {

    private OwnScopes() {}

    /** A scope that users see and any self-registered client may request, with a mapper that lists no server yet. */
    static ClientScopeModel create(RealmModel realm, String name) {
        ClientScopeModel scope = realm.addClientScope(name);
        scope.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        scope.setDisplayOnConsentScreen(true);
        scope.setIncludeInTokenScope(true);
        scope.setIncludeInOpenIDProviderMetadata(true);
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setName("MCP servers");
        mapper.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        mapper.setProtocolMapper(ProviderIds.RESOURCE_AUDIENCE);
        // Keycloak goes on with this map.
        mapper.setConfig(new HashMap<>(Map.of(ServerSettings.SERVER_SCOPE.key(), "true")));
        scope.addProtocolMapper(mapper);
        return scope;
    }

    /** The own scopes of a server, by name. */
    static List<ClientScopeModel> of(RealmModel realm, String uri) {
        return realm.getClientScopesStream()
                .filter(scope -> lists(scope, uri))
                .sorted(Comparator.comparing(ClientScopeModel::getName))
                .toList();
    }

    /** Tells whether the scope is an own scope of the server, letter by letter. */
    static boolean lists(ClientScopeModel scope, String uri) {
        return mapper(scope).filter(own -> servers(own).contains(uri)).isPresent();
    }

    /** Adds a server; tells whether it was not there. */
    static boolean add(ClientScopeModel scope, String uri) {
        ProtocolMapperModel mapper = mapper(scope).orElseThrow();
        List<String> servers = new ArrayList<>(servers(mapper));
        if (servers.contains(uri)) {
            return false;
        }
        servers.add(uri);
        write(scope, mapper, servers);
        return true;
    }

    /** What a setting of the scope's mapper is now. */
    static String setting(ClientScopeModel scope, Setting<?> setting) {
        return String.valueOf(setting.in(mapper(scope).orElseThrow().getConfig()));
    }

    /** Changes a setting of the scope's mapper. */
    static void set(ClientScopeModel scope, Setting<?> setting, String value) {
        write(scope, mapper(scope).orElseThrow(), setting.key(), value);
    }

    /** Removes a server, and tells whether the scope has another one; one that has none is left as it is. */
    static boolean remove(ClientScopeModel scope, String uri) {
        ProtocolMapperModel mapper = mapper(scope).orElseThrow();
        List<String> servers = new ArrayList<>(servers(mapper));
        servers.remove(uri);
        if (servers.isEmpty()) {
            return false;
        }
        write(scope, mapper, servers);
        return true;
    }

    private static Optional<ProtocolMapperModel> mapper(ClientScopeModel scope) {
        return RealmParts.mappers(scope).stream()
                .filter(mapper -> ServerSettings.SERVER_SCOPE.in(mapper.getConfig()))
                .findFirst();
    }

    private static List<String> servers(ProtocolMapperModel mapper) {
        return ServerSettings.SERVERS.in(mapper.getConfig());
    }

    private static void write(ClientScopeModel scope, ProtocolMapperModel mapper, List<String> servers) {
        write(scope, mapper, ServerSettings.SERVERS.key(), String.join(Constants.CFG_DELIMITER, servers));
    }

    private static void write(ClientScopeModel scope, ProtocolMapperModel mapper, String setting, String value) {
        Map<String, String> config = new HashMap<>(mapper.getConfig());
        config.put(setting, value);
        mapper.setConfig(config);
        scope.updateProtocolMapper(mapper);
    }
}
