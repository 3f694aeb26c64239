package io.github.keycloakmcp.lifecycle;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.github.keycloakmcp.platform.ClientCleanUp;
import io.github.keycloakmcp.platform.ClientCleanUpFactory;
import io.github.keycloakmcp.platform.McpProviderFactory;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.timer.TimerProvider;

/**
 * Makes {@link UnusedClients}, and lets the server run it from time to time. Two server options:
 * {@code spi-mcp-clean-up--unused-clients--interval}, in seconds, 0 for never; {@code spi-mcp-clean-up--default--time-limit}.
 */
public final class UnusedClientsFactory implements ClientCleanUpFactory, McpProviderFactory<ClientCleanUp> {

    private static final long INTERVAL = Duration.ofHours(1).toSeconds();
    private static final long TIME_LIMIT = Duration.ofMinutes(5).toSeconds();

    /** The first run waits until the start is over, and does not wait for an interval that a server may not live to see. */
    private static final Duration LATEST_START = Duration.ofMinutes(10);

    private Duration interval = Duration.ZERO;
    private Duration limit = Duration.ZERO;

    @Override
    public void init(Config.Scope config) {
        interval = Duration.ofSeconds(config.getLong("interval", INTERVAL));
        limit = Duration.ofSeconds(config.getLong("time-limit", TIME_LIMIT));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent && interval.toSeconds() > 0) {
                KeycloakModelUtils.runJobInTransaction(factory, this::schedule);
            }
        });
    }

    /** At a time of its own on every node, or all would ask at once whose turn it is. */
    private void schedule(KeycloakSession session) {
        long latest = Math.min(interval.toMillis(), LATEST_START.toMillis());
        long delay = ThreadLocalRandom.current().nextLong(latest / 2, latest);
        session.getProvider(TimerProvider.class)
                .schedule(
                        new CleanUpTask(session.getKeycloakSessionFactory(), interval, limit),
                        delay,
                        interval.toMillis(),
                        ProviderIds.CLEAN_UP_SPI);
    }

    @Override
    public ClientCleanUp create(KeycloakSession session) {
        return new UnusedClients(session);
    }

    @Override
    public String getId() {
        return ProviderIds.CLEAN_UP;
    }
}
