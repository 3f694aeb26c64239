package io.github.keycloakmcp.admin.page;

import java.net.URI;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The page finds Admin REST and the console under each name that a server can have. */
class PageSettingsTest {

    private static final URI FRONTEND = URI.create("https://login.example.com/auth/");

    @Test
    void withOneHostNameThePageCallsItsOwnServerOnly() {
        PageSettings settings = new PageSettings("sales", "zh_CN", FRONTEND, FRONTEND);
        JsonNode json = settings.json();
        assertThat(json.path("api").asText()).isEqualTo("https://login.example.com/auth/admin/realms/sales/mcp");
        assertThat(json.path("console").asText())
                .isEqualTo("https://login.example.com/auth/admin/sales/console/#/sales");
        assertThat(json.path("language").asText()).isEqualTo("zh-CN");
        assertThat(settings.callable()).isEqualTo("'self'");
        assertThat(settings.isElsewhere(URI.create("http://10.0.0.5:8080/auth/realms/sales/mcp-admin/")))
                .as("behind a proxy that changes the host")
                .isFalse();
    }

    @Test
    void withAHostNameForAdministratorsThePageIsWhereTheLoginIs() {
        PageSettings settings =
                new PageSettings("my realm", "en", FRONTEND, URI.create("https://admin.example.com:8443/"));
        assertThat(settings.page())
                .isEqualTo(URI.create("https://login.example.com/auth/realms/my%20realm/mcp-admin/"));
        assertThat(settings.json().path("api").asText())
                .isEqualTo("https://admin.example.com:8443/admin/realms/my%20realm/mcp");
        assertThat(settings.json().path("console").asText())
                .isEqualTo("https://admin.example.com:8443/admin/my%20realm/console/#/my%20realm");
        assertThat(settings.callable()).isEqualTo("'self' https://admin.example.com:8443");
        assertThat(settings.isElsewhere(URI.create("https://admin.example.com:8443/realms/sales/mcp-admin/")))
                .isTrue();
        assertThat(settings.isElsewhere(settings.page())).isFalse();
    }
}
