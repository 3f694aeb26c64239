package io.github.keycloakmcp.tests.integration.resource;

import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.McpRealm;

/**
 * The MCP servers of a realm as its administrator declares them: the mapper in the scope {@code mcp:tools}.
 *
 * @param realm the realm
 */
record Catalogue(McpRealm realm) {

    static final String SCOPE = "mcp:tools";
    static final String MAPPER = "mcp-resource-audience";

    /** Declares exactly these servers. */
    void declare(String... servers) {
        set("mcp-servers", String.join("##", servers));
    }

    /** Changes one setting of the mapper. */
    void set(String setting, String value) {
        realm.scopes()
                .editMapper(
                        SCOPE, MAPPER, mapper -> mapper.withObject("/config").put(setting, value));
    }

    /** Does something while the scope has no mapper, as if the extension had never been set up. */
    <T> T without(Supplier<T> action) {
        JsonNode mapper = realm.scopes().get(SCOPE).path("protocolMappers").path(0);
        String path = mappers() + "/" + mapper.path("id").asText();
        AdminApi.succeeded("DELETE", path, realm.delete(path));
        try {
            return action.get();
        } finally {
            AdminApi.succeeded("POST", mappers(), realm.post(mappers(), mapper));
        }
    }

    private String mappers() {
        return realm.scopes().path(SCOPE) + "/protocol-mappers/models";
    }
}
