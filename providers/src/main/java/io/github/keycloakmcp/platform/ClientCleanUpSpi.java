package io.github.keycloakmcp.platform;

import org.keycloak.provider.Spi;

/** Makes {@link ClientCleanUp} known to Keycloak, and {@code spi-mcp-clean-up--unused-clients--…} server options of it. */
public final class ClientCleanUpSpi implements Spi {

    @Override
    public boolean isInternal() {
        return true;
    }

    @Override
    public String getName() {
        return ProviderIds.CLEAN_UP_SPI;
    }

    @Override
    public Class<ClientCleanUp> getProviderClass() {
        return ClientCleanUp.class;
    }

    @Override
    public Class<ClientCleanUpFactory> getProviderFactoryClass() {
        return ClientCleanUpFactory.class;
    }
}
