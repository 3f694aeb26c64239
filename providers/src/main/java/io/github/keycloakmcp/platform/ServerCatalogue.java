package io.github.keycloakmcp.platform;

import java.util.stream.Stream;

import io.github.keycloakmcp.rule.resource.McpServers;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.protocol.ProtocolMapper;

/**
 * The MCP servers that an administrator has declared. The protocol mapper {@value ProviderIds#RESOURCE_AUDIENCE} holds
 * the declaration and so reads it; whoever else needs it asks here.
 */
public interface ServerCatalogue {

    /** The servers that {@code mappers} open together; {@link McpServers#NONE} where none of them is ours. */
    McpServers openedBy(KeycloakSession session, Stream<ProtocolMapperModel> mappers);

    /** The catalogue of the server, which has one, so that what was read is kept for all requests. */
    static ServerCatalogue of(KeycloakSession session) {
        return (ServerCatalogue) session.getKeycloakSessionFactory()
                .getProviderFactory(ProtocolMapper.class, ProviderIds.RESOURCE_AUDIENCE);
    }
}
