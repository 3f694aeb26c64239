package io.github.keycloakmcp.discovery;

import io.github.keycloakmcp.platform.McpProviderFactory;
import org.keycloak.Config;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.cors.DefaultCorsFactory;

/**
 * Lets MCP clients that run in a browser send the header fields of MCP to Keycloak's own endpoints. They put these on
 * every request, those to the authorization server included, so a browser asks for permission first (Fetch standard,
 * "CORS-preflight fetch"); where the answer does not name a field, the client finds no metadata and cannot refresh.
 *
 * <p>Takes the place of Keycloak's own factory under the same id, so the server option
 * {@code spi-cors--default--allowed-headers} still adds to the list. Which origins may read an answer is not touched.
 */
public final class McpCorsFactory extends DefaultCorsFactory implements McpProviderFactory<Cors> {

    /** Of two providers with one id the higher order wins; Keycloak's own has 0. */
    private static final int BEFORE_KEYCLOAK = 10;

    @Override
    public void init(Config.Scope config) {
        super.init(new McpHeaders(config));
    }

    @Override
    public int order() {
        return BEFORE_KEYCLOAK;
    }
}
