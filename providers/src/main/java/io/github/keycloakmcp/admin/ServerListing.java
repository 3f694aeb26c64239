package io.github.keycloakmcp.admin;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.admin.setup.PartKind;
import io.github.keycloakmcp.admin.setup.RealmSetUp;
import io.github.keycloakmcp.admin.setup.TeamServers;
import org.jspecify.annotations.Nullable;
import org.keycloak.util.JsonSerialization;

/** The servers that the caller may see, in the order of the scopes that open them. */
final class ServerListing {

    private final AdminContext admin;
    private final RealmSetUp setUp;

    /** A server, and the scope that opens it. */
    private record Declared(String uri, String scope) {

        boolean matches(@Nullable String text) {
            return text == null
                    || Stream.of(uri, scope)
                            .anyMatch(field -> field.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)));
        }
    }

    ServerListing(AdminContext admin, RealmSetUp setUp) {
        this.admin = admin;
        this.setUp = setUp;
    }

    ArrayNode page(@Nullable String search, long first, long max) {
        boolean all = admin.viewsRealm();
        TeamServers its = admin.teamServers();
        List<Declared> page = setUp.parts().stream()
                .filter(part -> part.kind() == PartKind.PROTOCOL_MAPPER)
                .flatMap(mapper -> setUp.servers(mapper).stream().map(uri -> new Declared(uri, mapper.name())))
                .filter(server -> server.matches(search))
                .filter(server -> all || its.has(server.uri()))
                .skip(first)
                .limit(max)
                .toList();
        Map<String, String> clients = new StoredMcpClients(admin.session(), admin.realm())
                .ids(page.stream().map(Declared::uri).distinct().toList());
        ArrayNode servers = JsonSerialization.mapper.createArrayNode();
        for (Declared declared : page) {
            ObjectNode server = servers.addObject().put("uri", declared.uri()).put("scope", declared.scope());
            String client = clients.get(declared.uri());
            if (client != null) {
                server.put("client", client);
            }
        }
        return servers;
    }
}
