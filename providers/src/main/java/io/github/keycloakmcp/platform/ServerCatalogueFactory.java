package io.github.keycloakmcp.platform;

import org.keycloak.provider.ProviderFactory;

/** Makes the {@link ServerCatalogue}. */
public interface ServerCatalogueFactory extends ProviderFactory<ServerCatalogue> {}
