package io.github.keycloakmcp.example;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the server makes of what it is told, and how it says that it cannot run. */
final class SettingsTest {

    @Test
    @DisplayName("without any setting the server fits the demo")
    void fallbacks() {
        Settings settings = Settings.read(List.of("--port=3002"), Map.of());

        assertEquals(URI.create("http://localhost:3002/mcp"), settings.resource());
        assertEquals(URI.create("http://localhost:8080/realms/mcp"), settings.issuer());
        assertEquals("127.0.0.1", settings.host());
        assertEquals(List.of("mcp:tools"), settings.requiredScopes());
        assertNull(settings.jwksUri());
    }

    @Test
    @DisplayName("the command line wins over the environment, and an empty variable over nothing")
    void sources() {
        Map<String, String> environment = Map.of("MCP_PORT", "4001", "MCP_NAME", "From outside", "MCP_JWKS_URI", "");

        Settings settings = Settings.read(List.of("--port=4002", "--scope=a b"), environment);

        assertEquals(4002, settings.port());
        assertEquals("From outside", settings.name());
        assertEquals(List.of("a", "b"), settings.scopes());
        assertNull(settings.jwksUri());
    }

    @ParameterizedTest(name = "{0} is one clear line and exit code 2")
    @ValueSource(
            strings = {
                "--port=http",
                "--port=70000",
                "--port",
                "--colour=blue",
                "stray",
                "--resource=localhost:3001/mcp",
                "--resource=http://localhost:3001/mcp#x",
                "--resource=http://localhost:3001/mcp?x=1",
                "--resource=http://user@localhost:3001/mcp",
                "--resource=http://localhost:3001/*",
                "--resource=http://local host/mcp",
                "--issuer=ftp://localhost/realms/mcp",
                "--jwks-uri=keys.json",
                "--scope=mcp:\"tools\"",
                "--advertise-scopes=yes"
            })
    void wrongSetting(String argument) throws Exception {
        Outcome outcome = Outcome.of(List.of(argument));

        assertEquals(2, outcome.code());
        assertTrue(outcome.err().matches("mcp-server: [^\n]+\n"), outcome.err());
        assertEquals("", outcome.out());
    }

    @Test
    @DisplayName("a taken port is one clear line and exit code 1")
    void takenPort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Outcome outcome = Outcome.of(List.of("--port=" + taken.getLocalPort()));

            assertEquals(1, outcome.code());
            assertTrue(
                    outcome.err().matches("mcp-server: cannot listen on 127.0.0.1:\\d+: Address already in use.*\n"),
                    outcome.err());
            assertEquals("", outcome.out());
        }
    }

    @ParameterizedTest(name = "{0} is in the help and in the README")
    @EnumSource
    void everyOptionIsDocumented(Option option) throws Exception {
        assertTrue(Outcome.of(List.of("--help")).out().contains(option.flag() + " "));
        String readme = Files.readString(Path.of("..", "README.md"));
        assertTrue(readme.contains("`" + option.flag() + "`") && readme.contains("`" + option.variable() + "`"));
    }

    /** A run that ends by itself. */
    private record Outcome(int code, String out, String err) {

        static Outcome of(List<String> arguments) throws InterruptedException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int code = ExampleServer.run(
                    arguments,
                    Map.of(),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8));
            return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }
}
