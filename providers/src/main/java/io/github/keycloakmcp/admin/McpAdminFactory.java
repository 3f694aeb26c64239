package io.github.keycloakmcp.admin;

import java.util.Objects;

import io.github.keycloakmcp.fetch.GuardedFetch;
import io.github.keycloakmcp.platform.McpProviderFactory;
import io.github.keycloakmcp.platform.ProviderIds;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;

/** Admin REST resource {@value ProviderIds#ADMIN}, at {@code /admin/realms/{realm}/mcp}. */
public final class McpAdminFactory
        implements AdminRealmResourceProviderFactory, McpProviderFactory<AdminRealmResourceProvider> {

    /** An administrator waits for one document at a time. */
    private static final int THREADS = 2;

    private @Nullable GuardedFetch fetch;

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return new McpAdmin(Objects.requireNonNull(fetch, "not initialized"));
    }

    @Override
    public String getId() {
        return ProviderIds.ADMIN;
    }

    @Override
    public void init(Config.Scope config) {
        fetch = GuardedFetch.withThreads(THREADS);
    }

    @Override
    public void close() {
        if (fetch != null) {
            fetch.close();
        }
    }
}
