package io.github.keycloakmcp.resource;

import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.McpProviderFactory;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.ServerCatalogue;
import io.github.keycloakmcp.platform.ServerCatalogueFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Makes the {@link DeclaredServerCatalogue}; what was read of mappers and found of clients is kept here for all requests. */
public final class DeclaredServerCatalogueFactory
        implements ServerCatalogueFactory, McpProviderFactory<ServerCatalogue> {

    private final DeclaredServers declared = new DeclaredServers();
    private final KnownServerClients clients = new KnownServerClients();

    @Override
    public ServerCatalogue create(KeycloakSession session) {
        return new DeclaredServerCatalogue(session, declared, clients);
    }

    /** Says at start-up what every request for an MCP server will be refused for. */
    @Override
    public void postInit(KeycloakSessionFactory factory) {
        ServerCatalogue.disabledPart(factory).ifPresent(McpLog::partDisabled);
    }

    @Override
    public String getId() {
        return ProviderIds.CATALOGUE;
    }
}
