package io.github.keycloakmcp.discovery;

import java.util.List;

import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.ServerSettings;
import io.github.keycloakmcp.rule.resource.McpServers;
import org.keycloak.models.ClientScopeModel;

/**
 * The MCP servers that the metadata of a realm names: those of mappers that say so. Servers that are known only as clients
 * are not among them, because Keycloak cannot list these without reading every client.
 */
final class ProtectedResources {

    private ProtectedResources() {}

    /** The declared URIs, each once; one that can never become an audience is left out here, too. */
    static List<String> of(List<ClientScopeModel> advertising) {
        return advertising.stream()
                .flatMap(ClientScopeModel::getProtocolMappersStream)
                .filter(mapper -> ProviderIds.RESOURCE_AUDIENCE.equals(mapper.getProtocolMapper()))
                .filter(mapper -> ServerSettings.ADVERTISE.in(mapper.getConfig()))
                .flatMap(mapper -> McpServers.readable(
                        ServerSettings.SERVERS.in(mapper.getConfig()),
                        ServerSettings.PLAIN_HTTP.in(mapper.getConfig())))
                .distinct()
                .toList();
    }
}
