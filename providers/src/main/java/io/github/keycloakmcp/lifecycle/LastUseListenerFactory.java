package io.github.keycloakmcp.lifecycle;

import io.github.keycloakmcp.platform.McpProviderFactory;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.timer.TimerProvider;

/** Event listener {@value ProviderIds#LAST_USE}: makes the {@link LastUseListener}. */
public final class LastUseListenerFactory
        implements EventListenerProviderFactory, McpProviderFactory<EventListenerProvider> {

    private final LastUseNotes notes = new LastUseNotes();

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new LastUseListener(notes, session);
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

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                KeycloakModelUtils.runJobInTransaction(factory, this::schedule);
            }
        });
    }

    private void schedule(KeycloakSession session) {
        session.getProvider(TimerProvider.class)
                .schedule(notes, LastUseNotes.INTERVAL.toMillis(), ProviderIds.LAST_USE);
    }
}
