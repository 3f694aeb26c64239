package io.github.keycloakmcp.admin.setup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.platform.ServerSettings;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.McpServer;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ServersDeclaration;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.Constants;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;

/** Other URIs of a server: entries of the setting Aliases of each mapper that lists it, so that the console shows the same. */
public final class ServerAliases {

    private final RealmModel realm;
    private final String uri;
    private final ServerChanges changes = new ServerChanges();

    public ServerAliases(RealmModel realm, String uri) {
        this.realm = realm;
        this.uri = uri;
    }

    /** Makes these the aliases of the server, on each mapper that lists it; null changes nothing. */
    public List<ObjectNode> set(@Nullable List<String> wanted) throws InvalidInput {
        if (wanted != null) {
            for (ClientScopeModel scope : realm.getClientScopesStream().toList()) {
                for (ProtocolMapperModel mapper : listing(scope)) {
                    set(scope, mapper, wanted);
                }
            }
        }
        return changes.made();
    }

    /** Removes its aliases; without the server, they would be aliases of nothing. */
    public void remove() {
        for (ClientScopeModel scope : realm.getClientScopesStream().toList()) {
            for (ProtocolMapperModel mapper : listing(scope)) {
                Map<String, String> aliases = new TreeMap<>(ServerSettings.ALIASES.in(mapper.getConfig()));
                if (aliases.values().removeIf(uri::equals)) {
                    write(scope, mapper, aliases);
                }
            }
        }
    }

    /** The aliases that the server has. */
    List<String> read() {
        return realm.getClientScopesStream()
                .flatMap(scope -> listing(scope).stream())
                .flatMap(mapper -> own(ServerSettings.ALIASES.in(mapper.getConfig())).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private void set(ClientScopeModel scope, ProtocolMapperModel mapper, List<String> wanted) throws InvalidInput {
        Map<String, String> aliases = new TreeMap<>(ServerSettings.ALIASES.in(mapper.getConfig()));
        List<String> before = own(aliases);
        if (before.equals(wanted)) {
            return;
        }
        before.forEach(aliases::remove);
        check(mapper.getConfig(), aliases, wanted);
        wanted.forEach(alias -> aliases.put(alias, uri));
        changes.set(
                "protocol-mapper",
                scope.getName(),
                ServerDocument.ALIASES,
                String.join(" ", before),
                String.join(" ", wanted),
                value -> write(scope, mapper, aliases));
    }

    /** An alias that is a server, or another server's alias, would move the requests of others to this server. */
    private static void check(Map<String, String> mapper, Map<String, String> others, List<String> wanted)
            throws InvalidInput {
        McpServers taken = McpServers.declare(
                ServersDeclaration.ofNames(
                        ServerSettings.SERVERS.in(mapper),
                        others,
                        ServerSettings.PATTERNS.in(mapper),
                        ServerSettings.PLAIN_HTTP.in(mapper)),
                ignored -> {});
        for (String alias : wanted) {
            if (!(taken.find(alias) instanceof Verdict.Refused<McpServer> free)) {
                throw new InvalidInput(ServerDocument.ALIASES, "names a server already: " + alias);
            }
            if (free.refusal().code() != RefusalCode.RESOURCE_UNKNOWN) {
                throw new InvalidInput(ServerDocument.ALIASES, free.refusal().description());
            }
        }
    }

    private List<ProtocolMapperModel> listing(ClientScopeModel scope) {
        return RealmParts.mappers(scope).stream()
                .filter(mapper -> ServerSettings.SERVERS.in(mapper.getConfig()).contains(uri))
                .toList();
    }

    private List<String> own(Map<String, String> aliases) {
        return aliases.entrySet().stream()
                .filter(alias -> alias.getValue().equals(uri))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static void write(ClientScopeModel scope, ProtocolMapperModel mapper, Map<String, String> aliases) {
        List<String> entries = new ArrayList<>();
        aliases.forEach((alias, server) -> entries.add(alias + " " + server));
        Map<String, String> config = new HashMap<>(mapper.getConfig());
        config.put(ServerSettings.ALIASES.key(), String.join(Constants.CFG_DELIMITER, entries));
        mapper.setConfig(config);
        scope.updateProtocolMapper(mapper);
    }
}
