package io.github.keycloakmcp.tests.integration.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar brings this project's classes and nothing else, and the server knows what is in it. */
@KeycloakTest(demo = false)
class JarIT {

    private static final Map<String, String> PROVIDERS = Map.of(
            "client-registration-policy", "mcp-client-registration",
            "client-registration", "openid-connect",
            "protocol-mapper", "mcp-resource-audience",
            "token-interceptor", "mcp-resource-binding",
            "client-policy-executor", "mcp-resource",
            "cors", "default",
            "required-action", "mcp-consent",
            "eventsListener", "mcp-consent-memory");

    @Test
    void theJarHoldsOnlyThisProject() throws IOException {
        try (JarFile jar = new JarFile(TestSettings.productJar().toFile())) {
            List<String> files = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .toList();
            assertThat(files)
                    .allMatch(name -> name.startsWith("io/github/keycloakmcp/")
                            || name.startsWith("META-INF/")
                            || name.startsWith("theme/")
                            || name.startsWith("theme-resources/"))
                    .noneMatch(name -> name.endsWith(".jar") || name.startsWith("META-INF/maven/"))
                    .contains("META-INF/beans.xml", "META-INF/services/org.keycloak.protocol.ProtocolMapper");
            assertThat(files).filteredOn(name -> name.endsWith(".class")).isNotEmpty();
        }
    }

    /** What a class uses is in its constant pool as text, also in the descriptor of a method. */
    @Test
    void noClassUsesApacheHttpClient() throws IOException {
        try (JarFile jar = new JarFile(TestSettings.productJar().toFile())) {
            for (JarEntry entry : jar.stream()
                    .filter(file -> file.getName().endsWith(".class"))
                    .toList()) {
                try (InputStream in = jar.getInputStream(entry)) {
                    assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                            .as(entry.getName())
                            .doesNotContain("org/apache/", "org/keycloak/connections/httpclient");
                }
            }
        }
    }

    @Test
    void theManifestTellsTheVersion() throws IOException {
        try (JarFile jar = new JarFile(TestSettings.productJar().toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION))
                    .matches("\\d+\\.\\d+\\.\\d+.*");
            assertThat(manifest.getValue(Attributes.Name.CLASS_PATH)).isNull();
        }
    }

    @Test
    void theServerListsEveryProviderWithTheVersionOfTheJar(KeycloakServer server) throws IOException {
        String version;
        try (JarFile jar = new JarFile(TestSettings.productJar().toFile())) {
            version = jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        }
        JsonNode providers = new AdminApi(server).serverInfo().path("providers");
        PROVIDERS.forEach((spi, id) -> assertThat(providers
                        .path(spi)
                        .path("providers")
                        .path(id)
                        .path("operationalInfo")
                        .path("keycloak-mcp")
                        .asText())
                .as(spi + " " + id)
                .isEqualTo(version));
    }
}
