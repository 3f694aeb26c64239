package io.github.keycloakmcp.discovery;

import io.github.keycloakmcp.platform.McpProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.wellknown.WellKnownProvider;
import org.keycloak.wellknown.WellKnownProviderFactory;

/**
 * Puts {@link McpMetadata} at the location of one of Keycloak's own documents, which has a lower rank, and reads from that
 * one, so that its server options still count. Both documents answer below the realm and, as RFC 8414 section 3.1 wants
 * it, with the well-known part in front of the realm's path; Keycloak's own OpenID configuration does not answer there.
 */
abstract class McpMetadataFactory implements WellKnownProviderFactory, McpProviderFactory<WellKnownProvider> {

    private final String id;
    private final String keycloaks;

    McpMetadataFactory(String id, String keycloaks) {
        this.id = id;
        this.keycloaks = keycloaks;
    }

    @Override
    public final WellKnownProvider create(KeycloakSession session) {
        return new McpMetadata(session, keycloaks);
    }

    @Override
    public final String getId() {
        return id;
    }

    /** The last part of the location; Keycloak's own documents have theirs for an id. */
    @Override
    public final String getAlias() {
        return keycloaks;
    }

    @Override
    public final boolean isAvailableViaServerMetadata() {
        return true;
    }
}
