package io.github.keycloakmcp.tests.integration.discovery;

import java.util.List;

import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The metadata names the MCP servers where an administrator wants it (RFC 9728 section 4). */
@KeycloakTest
class ProtectedResourcesIT {

    private static final String MAPPER = "mcp-resource-audience";

    private final McpRealm realm;

    ProtectedResourcesIT(McpRealm realm) {
        this.realm = realm;
    }

    @AfterEach
    void hideThem() {
        advertise("mcp:tools", false);
    }

    @Test
    void namesNoServerBeforeTheSettingIsOn() {
        assertThat(named()).isEmpty();
    }

    @Test
    void namesTheDeclaredServersByteForByte() {
        advertise("mcp:tools", true);
        assertThat(named()).containsExactly(McpRealm.SERVER_A, McpRealm.SERVER_B);
    }

    @Test
    void namesThoseOfEveryScopeThatSaysSo() {
        realm.scopes().create(scope("mcp:shown", "https://shown.example/mcp", true));
        realm.scopes().create(scope("mcp:hidden", "https://hidden.example/mcp", false));
        try {
            assertThat(named()).containsExactly("https://shown.example/mcp");
        } finally {
            for (String name : List.of("mcp:shown", "mcp:hidden")) {
                String path = realm.scopes().path(name);
                AdminApi.succeeded("DELETE", path, realm.delete(path));
            }
        }
    }

    private List<String> named() {
        return Json.texts(Location.document(realm.issuer()).path("protected_resources"));
    }

    private void advertise(String scope, boolean shown) {
        realm.scopes()
                .editMapper(
                        scope,
                        MAPPER,
                        mapper -> mapper.withObject("/config").put("advertise-servers", Boolean.toString(shown)));
    }

    private static String scope(String name, String server, boolean shown) {
        return """
                {"name": "%s", "protocol": "openid-connect", "protocolMappers": [{"name": "servers",
                  "protocol": "openid-connect", "protocolMapper": "%s",
                  "config": {"mcp-servers": "%s", "advertise-servers": "%s"}}]}
                """.formatted(name, MAPPER, server, shown);
    }
}
