package io.github.keycloakmcp.tests.server;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The example MCP server as a process of its own, as the demo and the documentation run it. */
public final class ExampleServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final ChildProcess process;
    private final URI resource;

    private ExampleServer(ChildProcess process, URI resource) {
        this.process = process;
        this.resource = resource;
    }

    /** Starts a server on a port of the loopback interface; its resource URL is where it listens. */
    public static ExampleServer start(int port, URI issuer, String... arguments) {
        Path log = TestSettings.workFolder().resolve("mcp-server-" + port + ".log");
        return start(TestSettings.exampleServerJar(), port, resourceAt(port), issuer, log, arguments);
    }

    /** Starts a server with everything given. */
    public static ExampleServer start(Path jar, int port, URI resource, URI issuer, Path log, String... arguments) {
        if (!Files.exists(jar)) {
            throw new IllegalStateException("example server missing: " + jar);
        }
        Distribution.delete(log); // an old log already says that the server is ready
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-jar", jar.toString()));
        command.addAll(List.of("--port=" + port, "--resource=" + resource, "--issuer=" + issuer));
        command.addAll(List.of(arguments));
        ChildProcess process = ChildProcess.start(command, Map.of(), jar.resolveSibling("."), log);
        process.await("the MCP server " + resource + " is not ready", () -> ready(process, resource), START);
        return new ExampleServer(process, resource);
    }

    /** The resource URL of a server on a port. */
    public static URI resourceAt(int port) {
        return URI.create("http://localhost:" + port + "/mcp");
    }

    /** The resource: where the server listens, and what has to be in {@code aud}. */
    public URI resource() {
        return resource;
    }

    /** What the server printed. */
    public List<String> logLines() {
        return process.lines();
    }

    /** Whether the server still runs. */
    public boolean alive() {
        return process.alive();
    }

    @Override
    public void close() {
        process.close();
    }

    private static boolean ready(ChildProcess process, URI resource) {
        return process.lines().contains("ready " + resource);
    }
}
