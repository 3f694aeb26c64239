package io.github.keycloakmcp.tests.server;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which server the tests run on and where the built files are: system properties, with defaults for a run in an IDE. */
public final class TestSettings {

    private TestSettings() {}

    /** {@code -Dkeycloak.version}: the Keycloak release under test. */
    public static String keycloakVersion() {
        return text("keycloak.version").orElse("26.7.3");
    }

    /** {@code -Dserver}: {@code distribution} or {@code container}; {@code -Dkeycloak.url} overrules both. */
    public static String serverKind() {
        return text("server").orElse("distribution");
    }

    /** {@code -Dkeycloak.url}: a server that already runs, with the jar installed. */
    public static Optional<URI> remoteUrl() {
        return text("keycloak.url").map(URI::create);
    }

    /** {@code -Ddatabase}: {@code postgres} or {@code mariadb}; without it servers keep their data in a file. */
    public static Optional<String> database() {
        return text("database");
    }

    /** {@code -Dkeycloak.admin} and {@code -Dkeycloak.admin.password}: the administrator of the server under test. */
    public static AdminUser admin() {
        return new AdminUser(
                text("keycloak.admin").orElse("admin"),
                text("keycloak.admin.password").orElse("admin"));
    }

    /** {@code -Dkeycloak.args}: more start arguments, separated by blanks, for example {@code --features=cimd}. */
    public static List<String> extraArguments() {
        return text("keycloak.args")
                .map(arguments -> List.of(arguments.split("\\s+", -1)))
                .orElse(List.of());
    }

    /** Whether the server is not the newest supported one, which alone gets the long tables of rules. */
    public static boolean olderServer() {
        return Boolean.getBoolean("keycloak.older");
    }

    /** {@code -Dkeycloak.start.seconds}: how long a server may take until it answers. */
    public static Duration startTimeout() {
        return Duration.ofSeconds(
                text("keycloak.start.seconds").map(Long::valueOf).orElse(240L));
    }

    /** The zip of the Keycloak distribution. */
    public static Path distribution() {
        return path("keycloak.dist", "target/keycloak-dist/keycloak-quarkus-dist-" + keycloakVersion() + ".zip");
    }

    /** The product: the packed jar. */
    public static Path productJar() {
        return path("keycloak.mcp.jar", "../providers/target/keycloak-mcp.jar");
    }

    /** The folder of the realm files. */
    public static Path realmConfig() {
        return path("realm.config", "../realm-config");
    }

    /** The runnable example MCP server. */
    public static Path exampleServerJar() {
        return path("example.server.jar", "../examples/mcp-server/target/mcp-server.jar");
    }

    /** Where servers are unpacked and logs are kept. */
    public static Path workFolder() {
        return path("tests.work", "target/servers");
    }

    /** A setting as text; blank counts as not given. */
    public static Optional<String> text(String name) {
        return Optional.ofNullable(System.getProperty(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static Path path(String name, String underModule) {
        return text(name)
                .map(Path::of)
                .orElseGet(() -> moduleFolder().resolve(underModule))
                .toAbsolutePath()
                .normalize();
    }

    private static Path moduleFolder() {
        Path here = Path.of("").toAbsolutePath();
        Path nested = here.resolve("tests");
        return Files.exists(nested.resolve("pom.xml")) ? nested : here;
    }
}
