package io.github.keycloakmcp.admin.page;

import java.util.Map;

import io.github.keycloakmcp.platform.BuildInfo;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Realm resource {@value ProviderIds#ADMIN_PAGE}: the admin page at {@code /realms/{realm}/mcp-admin/}. */
public final class McpPageFactory implements RealmResourceProviderFactory, ServerInfoAwareProviderFactory {

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new McpPage(session);
    }

    @Override
    public String getId() {
        return ProviderIds.ADMIN_PAGE;
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return BuildInfo.operationalInfo();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
