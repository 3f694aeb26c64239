package io.github.keycloakmcp.resource;

import java.util.List;

import io.github.keycloakmcp.platform.McpMetrics;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.BoundToken;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.RefreshToken;

/**
 * The tokens of a request, kept from the moment they are bound until the response is written. Post-processors of other
 * extensions with a lower order come after ours and get the same objects.
 */
record IssuedToken(AccessToken access, @Nullable RefreshToken refresh, BoundToken bound, String grant) {

    private static final String ATTRIBUTE = IssuedToken.class.getName();
    private static final String COUNTED = ATTRIBUTE + ".counted";

    static void remember(TokenPostProcessorContext context) {
        IssuedToken issued = new IssuedToken(
                context.accessToken(),
                context.refreshToken(),
                read(context.accessToken(), context.refreshToken()),
                ResourceRequest.grantLabel(context));
        context.clientSessionCtx().setAttribute(ATTRIBUTE, issued);
    }

    /** Decides whether the tokens of this request may be sent. */
    static Verdict<BoundToken> sent(ClientSessionContext context) {
        IssuedToken issued = context.getAttribute(ATTRIBUTE, IssuedToken.class);
        return issued == null
                ? BoundToken.NONE.sentAs(BoundToken.NONE)
                : issued.bound.sentAs(read(issued.access, issued.refresh));
    }

    /** Counts the token that may be sent; once, though the mapper of each MCP scope says that it may. */
    static void count(RealmModel realm, ClientSessionContext context) {
        IssuedToken issued = context.getAttribute(ATTRIBUTE, IssuedToken.class);
        if (issued != null && context.getAttribute(COUNTED, Boolean.class) == null) {
            context.setAttribute(COUNTED, true);
            McpMetrics.issued(realm, issued.grant);
        }
    }

    private static BoundToken read(AccessToken access, @Nullable RefreshToken refresh) {
        String[] audience = access.getAudience();
        return new BoundToken(audience == null ? List.of() : List.of(audience), access.getScope(), granted(refresh));
    }

    private static List<String> granted(@Nullable RefreshToken refresh) {
        return refresh != null && refresh.getOtherClaims().get(RefreshedGrant.CLAIM) instanceof List<?> uris
                ? uris.stream().map(String::valueOf).toList()
                : List.of();
    }
}
