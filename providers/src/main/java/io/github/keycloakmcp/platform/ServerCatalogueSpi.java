package io.github.keycloakmcp.platform;

import org.keycloak.provider.Spi;

/** Makes {@link ServerCatalogue} known to Keycloak. */
public final class ServerCatalogueSpi implements Spi {

    @Override
    public boolean isInternal() {
        return true;
    }

    @Override
    public String getName() {
        return ProviderIds.CATALOGUE_SPI;
    }

    @Override
    public Class<ServerCatalogue> getProviderClass() {
        return ServerCatalogue.class;
    }

    @Override
    public Class<ServerCatalogueFactory> getProviderFactoryClass() {
        return ServerCatalogueFactory.class;
    }
}
