package io.github.keycloakmcp.platform;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.McpServers;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.provider.Provider;

/**
 * The MCP servers that an administrator has declared, with the clients of the realm that they are. Everything that a
 * request needs of the database is looked up here, before anything is decided.
 */
public interface ServerCatalogue extends Provider {

    /**
     * Returns the servers that {@code mappers} open together.
     *
     * @param mappers mappers of the type {@value ProviderIds#RESOURCE_AUDIENCE}
     * @param resources the URIs that the request is about, in any spelling
     */
    McpServers openedBy(List<ProtocolMapperModel> mappers, Collection<String> resources);

    /**
     * Returns the servers that the mappers of this extension among {@code mappers} open together, {@link McpServers#NONE}
     * where there is none. Refused where a part of the extension is disabled on this server: tokens would leave it without
     * an audience, or with the wrong one.
     */
    static Verdict<McpServers> of(
            KeycloakSession session, Stream<ProtocolMapperModel> mappers, Collection<String> resources) {
        List<ProtocolMapperModel> ours =
                mappers.filter(ServerCatalogue::isDeclaration).toList();
        if (ours.isEmpty()) {
            return Verdict.allowed(McpServers.NONE);
        }
        return disabledPart(session.getKeycloakSessionFactory())
                .<Verdict<McpServers>>map(part -> Verdict.refused(incomplete(part)))
                .orElseGet(() -> Verdict.allowed(session.getProvider(ServerCatalogue.class, ProviderIds.CATALOGUE)
                        .openedBy(ours, resources)));
    }

    /** Tells whether {@code scope} declares MCP servers. */
    static boolean isDeclaredBy(ClientScopeModel scope) {
        return scope.getProtocolMappersStream().anyMatch(ServerCatalogue::isDeclaration);
    }

    /** Tells whether {@code mapper} declares MCP servers. */
    static boolean isDeclaration(ProtocolMapperModel mapper) {
        return ProviderIds.RESOURCE_AUDIENCE.equals(mapper.getProtocolMapper());
    }

    /** The id of a provider that is disabled by a server option, though no token can be bound without it. */
    static Optional<String> disabledPart(KeycloakSessionFactory factory) {
        if (factory.getProviderFactory(ServerCatalogue.class, ProviderIds.CATALOGUE) == null) {
            return Optional.of(ProviderIds.CATALOGUE_SPI);
        }
        if (factory.getProviderFactory(ProtocolMapper.class, ProviderIds.RESOURCE_AUDIENCE) == null) {
            return Optional.of(ProviderIds.RESOURCE_AUDIENCE);
        }
        return factory.getProviderFactory(TokenPostProcessor.class, ProviderIds.RESOURCE_BINDING) == null
                ? Optional.of(ProviderIds.RESOURCE_BINDING)
                : Optional.empty();
    }

    private static Refusal incomplete(String part) {
        return new Refusal(
                        RefusalCode.PROVIDER_DISABLED,
                        "temporarily_unavailable",
                        "tokens for MCP servers cannot be issued: the provider " + part
                                + " is disabled on this authorization server",
                        "a provider of the extension is disabled by a server option: " + part,
                        "RFC 6749 section 4.1.2.1")
                .withStatus(503);
    }
}
