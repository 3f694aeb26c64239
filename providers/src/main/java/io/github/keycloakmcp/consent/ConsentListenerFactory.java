package io.github.keycloakmcp.consent;

import io.github.keycloakmcp.platform.McpProviderFactory;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.storage.StoreMigrateRepresentationEvent;

/**
 * Makes the {@link ConsentListener}. It listens in every realm, so that no realm asks for servers and forgets the
 * answers; where the required action is off it finds nothing to remember.
 */
public final class ConsentListenerFactory
        implements EventListenerProviderFactory, McpProviderFactory<EventListenerProvider> {

    /** A realm that is imported has approvals of its own. */
    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof StoreMigrateRepresentationEvent imported) {
                ImportedApprovals.keep(imported);
            }
        });
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new ConsentListener(session);
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return ProviderIds.CONSENT_MEMORY;
    }
}
