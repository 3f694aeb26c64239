package io.github.keycloakmcp.tests.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a Keycloak is to be started.
 *
 * @param name names its folder and its log
 * @param mode {@code start-dev}, or {@code start} for a server in production mode
 * @param providers jars for {@code providers/}
 * @param realms realm files for {@code data/import}
 * @param arguments further start arguments
 * @param environment further environment variables
 * @param port the HTTP port, 0 for any free one
 */
public record ServerOptions(
        String name,
        String mode,
        List<Path> providers,
        List<Path> realms,
        List<String> arguments,
        Map<String, String> environment,
        int port) {

    /** The server of the test run: the product jar if it is built, and the arguments of the command line. */
    public static ServerOptions ofTestRun() {
        Path jar = TestSettings.productJar();
        return new ServerOptions(
                "keycloak",
                "start-dev",
                Files.exists(jar) ? List.of(jar) : List.of(),
                List.of(),
                TestSettings.extraArguments(),
                Map.of(),
                0);
    }

    /** The same under another name, so that it has a folder of its own. */
    public ServerOptions named(String other) {
        return new ServerOptions(other, mode, providers, realms, arguments, environment, port);
    }

    /** The same in production mode, over plain HTTP. */
    public ServerOptions inProduction() {
        return new ServerOptions(name, "start", providers, realms, arguments, environment, port)
                .withArguments("--http-enabled=true");
    }

    /** The same in production mode as a node on a database, where it joins those that it finds on this computer. */
    public ServerOptions onDatabase(List<String> database) {
        return inProduction()
                .withArguments(database.toArray(String[]::new))
                .withArguments(
                        "--hostname-strict=false",
                        "--cache-embedded-network-bind-address=127.0.0.1",
                        "--cache-embedded-network-bind-port=" + Ports.free());
    }

    /** The same with exactly these provider jars. */
    public ServerOptions withProviders(Path... jars) {
        return new ServerOptions(name, mode, List.of(jars), realms, arguments, environment, port);
    }

    /** The same with exactly these realm files imported. */
    public ServerOptions withRealms(Path... files) {
        return new ServerOptions(name, mode, providers, List.of(files), arguments, environment, port);
    }

    /** The same with more start arguments. */
    public ServerOptions withArguments(String... more) {
        List<String> all = Stream.concat(arguments.stream(), Stream.of(more)).toList();
        return new ServerOptions(name, mode, providers, realms, all, environment, port);
    }

    /** The same with exactly these environment variables. */
    public ServerOptions withEnvironment(Map<String, String> variables) {
        return new ServerOptions(name, mode, providers, realms, arguments, Map.copyOf(variables), port);
    }

    /** The same on a fixed port. */
    public ServerOptions onPort(int fixed) {
        return new ServerOptions(name, mode, providers, realms, arguments, environment, fixed);
    }
}
