package io.github.keycloakmcp.platform;

import org.keycloak.provider.ProviderFactory;

/** Makes the {@link ClientCleanUp}. */
public interface ClientCleanUpFactory extends ProviderFactory<ClientCleanUp> {}
