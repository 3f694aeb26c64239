package io.github.keycloakmcp.resource;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.JudgedAssertion;
import io.github.keycloakmcp.platform.ResourceParameter;
import io.github.keycloakmcp.rule.resource.GrantedResources;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.RefreshToken;

/** Translates what Keycloak knows of a token request into the terms of the rule. */
final class ResourceRequest {

    /** Grants in which the client itself, or a token it holds, is all the authorization there is. */
    private static final Set<String> IMMEDIATE = Set.of(
            OAuth2Constants.CLIENT_CREDENTIALS, OAuth2Constants.PASSWORD, OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE);

    private ResourceRequest() {}

    /**
     * The {@code resource} parameters of the token request. Read from the request itself: Keycloak hands them to mappers
     * and post-processors for some grants only, and for refresh too late.
     */
    static List<String> resources(KeycloakSession session) {
        return ResourceParameter.in(session.getContext().getHttpRequest().getDecodedFormParameters());
    }

    /** Returns every URI that the decision about a token is about: what was granted, and what the request names. */
    static List<String> concerned(GrantedResources source, List<String> requested) {
        List<String> named = source.named();
        if (named.isEmpty() || named.equals(requested)) {
            return requested;
        }
        return requested.isEmpty()
                ? named
                : Stream.concat(named.stream(), requested.stream()).distinct().toList();
    }

    /** The grant type of the request, as far as it is still known; null for offline refresh and for no token request. */
    static @Nullable String grantType(ClientSessionContext context) {
        return context.getAttribute(Constants.GRANT_TYPE, String.class);
    }

    /** The grant of a token request as a label of a metric: short, and one of a fixed list. */
    static String grantLabel(TokenPostProcessorContext context) {
        if (context.requestRefreshToken() != null) {
            return OAuth2Constants.REFRESH_TOKEN;
        }
        String grantType = grantType(context.clientSessionCtx());
        return switch (grantType == null ? "" : grantType) {
            case OAuth2Constants.AUTHORIZATION_CODE, OAuth2Constants.CLIENT_CREDENTIALS, OAuth2Constants.PASSWORD ->
                String.valueOf(grantType);
            case OAuth2Constants.DEVICE_CODE_GRANT_TYPE -> "device_code";
            case OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE -> "token_exchange";
            case OAuth2Constants.JWT_AUTHORIZATION_GRANT -> "jwt_bearer";
            default -> "other";
        };
    }

    /**
     * Where the grant behind a token comes from. A refresh is known by its refresh token: for offline tokens Keycloak
     * has lost the grant type by now.
     */
    static GrantedResources source(KeycloakSession session, TokenPostProcessorContext context) {
        if (context.requestRefreshToken() != null) {
            return carriedBy(RefreshedGrant.of(context.requestRefreshToken()));
        }
        if (context.code() != null) {
            String declared = context.code().getResource();
            return new GrantedResources.Carried(declared == null ? List.of() : List.of(declared));
        }
        String grantType = grantType(context.clientSessionCtx());
        if (grantType == null) {
            return new GrantedResources.Unbindable();
        }
        return switch (grantType) {
            case OAuth2Constants.DEVICE_CODE_GRANT_TYPE -> new GrantedResources.Carried(DeviceGrant.approved(session));
            case OAuth2Constants.JWT_AUTHORIZATION_GRANT -> asserted(session);
            default ->
                IMMEDIATE.contains(grantType) ? new GrantedResources.Immediate() : new GrantedResources.Unbindable();
        };
    }

    /** What the assertion of this request grants; one that was not judged grants nothing at all. */
    private static GrantedResources asserted(KeycloakSession session) {
        return JudgedAssertion.of(session)
                .map(JudgedAssertion::servers)
                .map(GrantedResources::asserted)
                .orElseGet(GrantedResources.Unbindable::new);
    }

    /** What the refresh token of this request carries. */
    static GrantedResources presentedGrant(KeycloakSession session) {
        return PresentedToken.toRefresh(session)
                .map(ResourceRequest::carriedBy)
                .orElseGet(GrantedResources.Legacy::new);
    }

    /** Tells whether {@code token} was bound by us. */
    static boolean isBound(RefreshToken token) {
        return token.getOtherClaims().get(RefreshedGrant.CLAIM) instanceof List<?>;
    }

    private static GrantedResources carriedBy(RefreshedGrant grant) {
        return grant.resources() == null
                ? new GrantedResources.Legacy()
                : new GrantedResources.Carried(grant.resources());
    }
}
