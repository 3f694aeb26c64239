package io.github.keycloakmcp.resource;

import java.util.Collection;
import java.util.List;

import io.github.keycloakmcp.platform.ServerCatalogue;
import io.github.keycloakmcp.rule.resource.McpServers;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;

/** The {@link ServerCatalogue}: what mappers declare, and the clients of the realm behind it. */
final class DeclaredServerCatalogue implements ServerCatalogue {

    private final KeycloakSession session;
    private final DeclaredServers declared;
    private final KnownServerClients clients;

    DeclaredServerCatalogue(KeycloakSession session, DeclaredServers declared, KnownServerClients clients) {
        this.session = session;
        this.declared = declared;
        this.clients = clients;
    }

    @Override
    public McpServers openedBy(List<ProtocolMapperModel> mappers, Collection<String> resources) {
        McpServers servers = declared.openedBy(mappers);
        return servers.with(clients.find(session, servers.clientsBehind(resources)));
    }

    @Override
    public void close() {}
}
