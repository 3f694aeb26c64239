package io.github.keycloakmcp.consent;

import java.util.Map;

import io.github.keycloakmcp.platform.BuildInfo;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/**
 * Makes the {@link ConsentListener}. It listens in every realm, so that no realm asks for servers and forgets the
 * answers; where the required action is off it finds nothing to remember.
 */
public final class ConsentListenerFactory implements EventListenerProviderFactory, ServerInfoAwareProviderFactory {

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
