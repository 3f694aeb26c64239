package io.github.keycloakmcp.platform;

import java.util.List;

import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.ClientAuthenticator;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.provider.Provider;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.services.cors.Cors;

/**
 * A provider of Keycloak that this extension takes the place of, or one without which no token is bound.
 *
 * @param type what it provides
 * @param id its id, which both have
 */
record ReplacedProvider(Class<? extends Provider> type, String id) {

    static final List<ReplacedProvider> ALL = List.of(
            new ReplacedProvider(LoginProtocol.class, OIDCLoginProtocol.LOGIN_PROTOCOL),
            new ReplacedProvider(ClientRegistrationProvider.class, "openid-connect"),
            new ReplacedProvider(Cors.class, "default"),
            new ReplacedProvider(ClientAuthenticator.class, "client-jwt"),
            new ReplacedProvider(ClientAuthenticator.class, "federated-jwt"),
            new ReplacedProvider(OAuth2GrantType.class, OAuth2Constants.JWT_AUTHORIZATION_GRANT),
            new ReplacedProvider(TokenPostProcessor.class, UpstreamFeature.RESOURCE_INDICATORS.key()),
            new ReplacedProvider(TokenPostProcessor.class, ProviderIds.RESOURCE_BINDING),
            new ReplacedProvider(ProtocolMapper.class, ProviderIds.RESOURCE_AUDIENCE));
}
