package io.github.keycloakmcp.resource;

import java.util.ArrayList;
import java.util.List;

import io.github.keycloakmcp.platform.AdvertisingScopes;
import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.McpProviderFactory;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.ServerCatalogue;
import io.github.keycloakmcp.platform.ServerSettings;
import io.github.keycloakmcp.platform.SupportedServer;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.CarriedScopes;
import io.github.keycloakmcp.rule.resource.GrantedResources;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ResourceBinding;
import io.github.keycloakmcp.rule.resource.RotationGrace;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenResponseMapper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;

/**
 * Protocol mapper {@value ProviderIds#RESOURCE_AUDIENCE}: declares which MCP servers a client scope opens, and makes the
 * {@code aud} of a token the server that the request names, in place of what other mappers have put there.
 *
 * <p>Without it Keycloak stamps the same audience into every token, whatever {@code resource} a client asks for. The
 * mapper sees the token request only; that the server was also <em>granted</em> is decided by
 * {@link ResourceBindingPostProcessor}, which has the last word on every token.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8707#section-2.2">RFC 8707, section 2.2</a>
 */
public final class ResourceAudienceMapper extends AbstractOIDCProtocolMapper
        implements OIDCAccessTokenMapper,
                OIDCAccessTokenResponseMapper,
                TokenIntrospectionTokenMapper,
                McpProviderFactory<ProtocolMapper> {

    /** After every mapper of Keycloak's own, which may each add an audience. */
    private static final int LAST = 1_000;

    @Override
    public AccessToken transformAccessToken(
            AccessToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        if (OAuth2Constants.REFRESH_TOKEN.equals(ResourceRequest.grantType(context))) {
            token.audience(refreshed(session, context));
            RefreshTokenReuse.judge(session, context, new RotationGrace(DeclaredServers.GRACE.in(mapper.getConfig())));
        } else {
            token.audience(requested(session, context));
        }
        return token;
    }

    /** What a request other than a refresh is for; no server, where it names one that is not declared. */
    private static String[] requested(KeycloakSession session, ClientSessionContext context) {
        GrantedResources source = new GrantedResources.Immediate();
        McpServers servers = allowed(session, context, TokenBinding.servers(session, context, source));
        return ResourceBinding.decide(servers, source, ResourceRequest.resources(session))
                        instanceof Verdict.Allowed<ResourceBinding> allowed
                ? TokenBinding.audience(session, allowed.value())
                : new String[0];
    }

    /**
     * Refuses a wrong refresh here, because a mapper runs before the refresh token counts as used and the post-processor
     * after: a client that requests the wrong server must not lose its session.
     */
    private static String[] refreshed(KeycloakSession session, ClientSessionContext context) {
        GrantedResources source = ResourceRequest.presentedGrant(session);
        McpServers servers = allowed(session, context, TokenBinding.servers(session, context, source));
        ResourceBinding binding = allowed(session, context, TokenBinding.decide(session, context, servers, source));
        String scope = PresentedToken.toRefresh(session)
                .map(grant -> RequestedScopes.refreshed(session, grant.scope()))
                .orElse(null);
        allowed(session, context, TokenScopes.carried(session, context, scope, source, binding));
        return TokenBinding.audience(session, binding);
    }

    private static <T> T allowed(KeycloakSession session, ClientSessionContext context, Verdict<T> verdict) {
        return verdict.orThrow(refusal -> TokenRefusal.of(session, context, refusal));
    }

    /**
     * Takes back what other mappers add to the audience at introspection: an introspected token is for the same servers
     * as the token itself (RFC 7662 section 2.2), and the same clients act for its user.
     */
    @Override
    public AccessToken transformIntrospectionToken(
            AccessToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        PresentedToken.toIntrospect(session).ifPresent(presented -> {
            token.audience(presented.getAudience());
            ActingClient.copy(presented, token);
        });
        return token;
    }

    /** Makes the response tell the scopes that the token carries, and lets no token out that was changed after it was bound. */
    @Override
    public AccessTokenResponse transformAccessTokenResponse(
            AccessTokenResponse response,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        if (response.getToken() != null) {
            allowed(session, context, IssuedToken.sent(context));
            IssuedToken.count(session.getContext().getRealm(), context);
        }
        CarriedScopes carried = TokenScopes.remembered(context);
        return carried.leftOut().isEmpty() ? response : new EffectiveScope(response, carried);
    }

    @Override
    public void validateConfig(
            KeycloakSession session,
            RealmModel realm,
            ProtocolMapperContainerModel container,
            ProtocolMapperModel mapper)
            throws ProtocolMapperConfigException {
        List<String> problems = new ArrayList<>();
        DeclaredServers.checkForm(mapper, problems::add);
        if (!problems.isEmpty()) {
            throw new ProtocolMapperConfigException(problems.get(0), ServerSettings.SERVERS.key());
        }
        List<Refusal> invalid = new ArrayList<>();
        DeclaredServers.check(mapper, invalid::add);
        if (!invalid.isEmpty()) {
            // The key names no message; without one, Keycloak answers with a 500 in place of the text.
            throw new ProtocolMapperConfigException(invalid.get(0).description(), ServerSettings.SERVERS.key());
        }
        AdvertisingScopes.stored(session, realm, mapper);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        SupportedServer.require(factory);
        if (factory.getProviderFactory(ServerCatalogue.class, ProviderIds.CATALOGUE) == null) {
            McpLog.partDisabled(ProviderIds.CATALOGUE_SPI);
        }
    }

    @Override
    public int getPriority() {
        return LAST;
    }

    @Override
    public String getId() {
        return ProviderIds.RESOURCE_AUDIENCE;
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getDisplayType() {
        return "MCP resource audience";
    }

    @Override
    public String getHelpText() {
        return "Declares the MCP servers of this client scope. A token with this scope is for exactly the server in the "
                + "resource parameter of the request (RFC 8707).";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return DeclaredServers.PROPERTIES;
    }
}
