package io.github.keycloakmcp.assertion;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.delegate.ClientModelLazyDelegate;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/**
 * A client as Keycloak's JWT authorization grant has to see it, where an administrator has approved it for the users of an
 * identity provider: it may use the grant, though it is perhaps public, and users are not asked. The stored client does not
 * change; everywhere else it asks its users.
 */
final class ApprovedClient extends ClientModelLazyDelegate {

    private final String identityProvider;

    ApprovedClient(ClientModel client, String identityProvider) {
        super(() -> client);
        this.identityProvider = identityProvider;
    }

    @Override
    public boolean isPublicClient() {
        return false;
    }

    @Override
    public boolean isConsentRequired() {
        return false;
    }

    @Override
    public @Nullable String getAttribute(String name) {
        return switch (name) {
            case OIDCConfigAttributes.JWT_AUTHORIZATION_GRANT_ENABLED -> "true";
            case OIDCConfigAttributes.JWT_AUTHORIZATION_GRANT_IDP -> identityProvider;
            default -> super.getAttribute(name);
        };
    }
}
