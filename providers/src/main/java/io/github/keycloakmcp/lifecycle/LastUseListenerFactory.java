package io.github.keycloakmcp.lifecycle;

import io.github.keycloakmcp.platform.McpProviderFactory;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Event listener {@value ProviderIds#LAST_USE}: makes the {@link LastUseListener}. */
public final class LastUseListenerFactory
        implements EventListenerProviderFactory, McpProviderFactory<EventListenerProvider> {

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new LastUseListener(session);
    }

    /** No realm has to list it; in one without clients of ours it finds nothing to do. */
    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return ProviderIds.LAST_USE;
    }
}
