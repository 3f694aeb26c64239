package io.github.keycloakmcp.admin.page;

import io.github.keycloakmcp.platform.McpProviderFactory;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Realm resource {@value ProviderIds#ADMIN_PAGE}: the admin page at {@code /realms/{realm}/mcp-admin/}. */
public final class McpPageFactory implements RealmResourceProviderFactory, McpProviderFactory<RealmResourceProvider> {

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new McpPage(session);
    }

    @Override
    public String getId() {
        return ProviderIds.ADMIN_PAGE;
    }
}
