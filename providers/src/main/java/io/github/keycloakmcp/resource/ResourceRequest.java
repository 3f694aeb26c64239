package io.github.keycloakmcp.resource;

import java.util.List;

import io.github.keycloakmcp.rule.resource.GrantedResources;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.protocol.oidc.utils.OAuth2Code;
import org.keycloak.representations.RefreshToken;

/** Translates what Keycloak knows of a token request into the terms of the rule. */
final class ResourceRequest {

    /**
     * Claim of our refresh tokens: JSON array of the declared URIs that were granted. Not named {@code resource}, which
     * Keycloak's own experimental feature reads as one string.
     */
    static final String CLAIM = "mcp_resource";

    private ResourceRequest() {}

    /**
     * The {@code resource} parameters of the token request. Read from the request itself: Keycloak hands them to mappers
     * and post-processors for some grants only, and for refresh too late.
     */
    static List<String> resources(KeycloakSession session) {
        List<String> values =
                session.getContext().getHttpRequest().getDecodedFormParameters().get(OAuth2Constants.RESOURCE);
        return values == null ? List.of() : List.copyOf(values);
    }

    /**
     * Where the grant behind a token comes from. A refresh is known by its refresh token: for offline tokens Keycloak
     * has lost the grant type by now.
     */
    static GrantedResources source(TokenPostProcessorContext context) {
        RefreshToken presented = context.requestRefreshToken();
        if (presented != null) {
            return carriedBy(presented);
        }
        OAuth2Code code = context.code();
        if (code != null) {
            String asked = code.getResource();
            return new GrantedResources.Authorized(asked == null ? List.of() : List.of(asked));
        }
        return new GrantedResources.Immediate();
    }

    /** Tells whether the token being made comes of a refresh, as far as a mapper is told. */
    static boolean isRefresh(ClientSessionContext context) {
        return OAuth2Constants.REFRESH_TOKEN.equals(context.getAttribute(Constants.GRANT_TYPE, String.class));
    }

    /** What the refresh token of this request carries. */
    static GrantedResources presentedGrant(KeycloakSession session) {
        return PresentedToken.toRefresh(session)
                .map(ResourceRequest::carriedBy)
                .orElseGet(GrantedResources.Unbound::new);
    }

    /** Tells whether {@code token} was bound by us. */
    static boolean isBound(RefreshToken token) {
        return token.getOtherClaims().get(CLAIM) instanceof List<?>;
    }

    private static GrantedResources carriedBy(RefreshToken token) {
        return token.getOtherClaims().get(CLAIM) instanceof List<?> uris
                ? new GrantedResources.Carried(
                        uris.stream().map(String::valueOf).toList())
                : new GrantedResources.Unbound();
    }
}
