package io.github.keycloakmcp.lifecycle;

import java.util.Map;

import io.github.keycloakmcp.platform.BuildInfo;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** Event listener {@value ProviderIds#LAST_USE}: makes the {@link LastUseListener}. */
public final class LastUseListenerFactory implements EventListenerProviderFactory, ServerInfoAwareProviderFactory {

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
