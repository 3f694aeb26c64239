package io.github.keycloakmcp.tests.realclients;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.server.ChildProcess;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.Ports;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The pages for authors of MCP servers, followed literally on an empty folder: their own tests pass against the realm. */
@KeycloakTest
@ResourceLock(NodeScript.COMPUTER)
class AuthorPagesIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Map<String, String> ENVIRONMENT = new HashMap<>();
    private static final int PORT = Ports.free();

    @BeforeAll
    static void prepareTheRealmAsThePageSays(McpRealm realm, @TempDir Path folder) throws IOException {
        ENVIRONMENT.put("KEYCLOAK", realm.server().url().toString());
        ENVIRONMENT.put("REALM", realm.name());
        ENVIRONMENT.put("ISSUER", realm.issuer().toString());
        ENVIRONMENT.put("PORT", String.valueOf(PORT));
        ENVIRONMENT.put("RESOURCE", "http://localhost:" + PORT + "/mcp");
        ENVIRONMENT.put("ADMIN", realm.server().admin().name());
        ENVIRONMENT.put("ADMIN_PASSWORD", realm.server().admin().password());
        follow(AuthorPage.read("README.md"), folder, Map.of());
    }

    @Test
    void typeScript(@TempDir Path folder) throws IOException {
        AuthorPage page = AuthorPage.read("typescript.md");
        theExampleIsThePage(page, "typescript");
        follow(page, folder, Map.of("PATH", nodeThatRunsTypeScript(folder) + System.getenv("PATH")));
    }

    @Test
    void springAi(@TempDir Path folder) throws IOException {
        AuthorPage page = AuthorPage.read("spring.md");
        theExampleIsThePage(page, "spring");
        assumeThat(onThePath("mvn")).as("the page needs Maven").isTrue();
        follow(page, folder, Map.of());
    }

    @Test
    void quarkus(@TempDir Path folder) throws IOException {
        AuthorPage page = AuthorPage.read("quarkus.md");
        theExampleIsThePage(page, "quarkus");
        assumeThat(onThePath("mvn")).as("the page needs Maven").isTrue();
        follow(page, folder, Map.of());
    }

    private static boolean onThePath(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    /** The Node on the path where it is new enough, else the one of the real clients. */
    private static String nodeThatRunsTypeScript(Path folder) {
        String probe = "process.exit(process.features.typescript ? 0 : 1)";
        return Command.run(List.of("node", "-e", probe), folder, Map.of(), LIMIT)
                                .exitCode()
                        == 0
                ? ""
                : Path.of(NodeInstallation.ready().node()).toAbsolutePath().resolveSibling(".") + ":";
    }

    private static void theExampleIsThePage(AuthorPage page, String example) {
        assertThat(page.files())
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThat(AuthorPage.example(example, file.title())).isEqualTo(file.text()));
    }

    /** Writes the files, then runs the commands in their order, with the server running from its block on. */
    private static void follow(AuthorPage page, Path folder, Map<String, String> more) throws IOException {
        for (AuthorPage.Block file : page.files()) {
            Path path = folder.resolve(file.title());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.text());
        }
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.putAll(more);
        ChildProcess server = null;
        try {
            for (AuthorPage.Block block : page.blocks()) {
                List<String> shell = List.of("sh", "-euc", block.text());
                if (block.title().equals(AuthorPage.START)) {
                    server = start(shell, folder, environment);
                    checkAsForAnyServer(folder, environment);
                } else if (!block.isFile()) {
                    succeed(shell, folder, environment);
                }
            }
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }

    /** The script that tests a server in any language. */
    private static void checkAsForAnyServer(Path folder, Map<String, String> environment) {
        String check = AuthorPage.read("README.md").files().stream()
                .filter(file -> file.title().equals("check.sh"))
                .map(AuthorPage.Block::text)
                .findFirst()
                .orElseThrow();
        succeed(List.of("sh", "-c", check), folder, environment);
    }

    private static void succeed(List<String> command, Path folder, Map<String, String> environment) {
        Command.Outcome outcome = Command.run(command, folder, environment, LIMIT);
        assertThat(outcome.exitCode())
                .as(String.join(" ", command) + outcome.output() + outcome.errors())
                .isZero();
    }

    private static ChildProcess start(List<String> shell, Path folder, Map<String, String> environment) {
        Path log = folder.resolve("server.log");
        ChildProcess server = ChildProcess.start(shell, environment, folder, log);
        server.await("the server of the page is not ready", () -> Ports.answers(PORT), LIMIT);
        return server;
    }
}
