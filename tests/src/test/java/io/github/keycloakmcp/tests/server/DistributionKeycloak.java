package io.github.keycloakmcp.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keycloak's own distribution in a fresh folder, started by {@code kc.sh} on loopback ports. */
public final class DistributionKeycloak implements KeycloakServer {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** A server of tests lives for minutes: the first compiler tier and the simplest collector take half the time. */
    private static final String SHORT_LIVED =
            "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=160m -XX:-UseG1GC -XX:+UseSerialGC";

    /** Passwords of tests guard nothing: with Keycloak's cost each login would take a fifth of a second of a processor. */
    private static final List<String> CHEAP_PASSWORDS =
            List.of("--spi-password-hashing--argon2--iterations=1", "--spi-password-hashing--argon2--memory=64");

    /** No server of tests reaches the vendors of known clients: their hosts are behind a proxy that is not there. */
    private static final String NO_VENDORS =
            "(.*\\.)?(claude\\.ai|chatgpt\\.com|vscode\\.dev|cursor\\.com|grok\\.com|opencode\\.ai|zed\\.dev|goose-docs\\.ai|"
                    + "github\\.com|factory\\.ai);http://127.0.0.1:1";

    /** The server's own clean-up would come after some minutes and take old clients from under a test; who tests it asks. */
    private static final String CLEAN_UP_INTERVAL = "KC_SPI_MCP_CLEAN_UP__UNUSED_CLIENTS__INTERVAL";

    private final Path home;
    private final Path log;
    private final ServerOptions options;
    private final int port;
    private final URI management = URI.create("http://127.0.0.1:" + Ports.free());
    private ChildProcess process;

    private DistributionKeycloak(Path home, Path log, ServerOptions options, int port) {
        this.home = home;
        this.log = log;
        this.options = options;
        this.port = port;
        this.process = launch();
    }

    /** Makes the server's home, starts it, and returns when the server is ready. */
    public static DistributionKeycloak start(ServerOptions options) {
        return start(TestSettings.distribution(), options);
    }

    /** The same with another distribution of Keycloak. */
    public static DistributionKeycloak start(Path distribution, ServerOptions options) {
        Path home = TestSettings.workFolder().resolve(options.name());
        BuiltHome built = BuiltHome.of(distribution, options);
        built.unfold(options, home);
        Distribution.install(options.realms(), home.resolve("data/import"));
        Path log = TestSettings.workFolder().resolve(options.name() + ".log");
        Distribution.delete(log);
        int port = options.port() == 0 ? Ports.free() : options.port();
        DistributionKeycloak started = new DistributionKeycloak(home, log, options, port);
        built.keep(home);
        return started;
    }

    @Override
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public AdminUser admin() {
        return TestSettings.admin();
    }

    @Override
    public boolean hasLog() {
        return true;
    }

    @Override
    public List<String> logLines() {
        return process.lines();
    }

    /** Where the server tells its health, and its metrics if it is started with them; without a trailing slash. */
    public URI management() {
        return management;
    }

    /** The folder the server runs in. */
    public Path home() {
        return home;
    }

    /** The server's own Java process, whether the script that starts it stays or becomes it. */
    public long pid() {
        return process.processes()
                .filter(handle -> handle.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    /** The CPU time of the whole process so far, with compiler and garbage collector. */
    public Duration cpu() {
        return process.cpu();
    }

    /** Whether the server still runs. */
    public boolean alive() {
        return process.alive();
    }

    /** Stops, until {@link #restart}: meanwhile the commands of the server can use its database. */
    public void stop() {
        process.close();
    }

    @Override
    public void restart() {
        process.close();
        process = launch();
    }

    /** Restarts with more environment variables, for this start only. */
    public void restart(Map<String, String> environment) {
        process.close();
        process = launch(environment);
    }

    /** Ends the server at once, as a machine that loses its power does (SIGKILL). */
    public void kill() {
        signal("KILL");
        process.close();
    }

    /** Stops the server where it is, until {@link #goOn}: to others it looks alive and does not answer. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets a stopped server go on. */
    public void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Stops, puts another distribution with other providers around the data, and starts: an upgrade, or the way back. */
    public void replace(Path distribution, Path... jars) {
        process.close();
        Path kept = home.resolveSibling(options.name() + "-data");
        try {
            Distribution.delete(kept);
            Files.move(home.resolve("data"), kept);
            Distribution.unpack(distribution, home);
            Distribution.delete(home.resolve("data"));
            Files.move(kept, home.resolve("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Distribution.install(List.of(jars), home.resolve("providers"));
        process = launch();
    }

    /** Stops, and starts in a new home with exactly these provider jars: a node that gets another image and keeps no data. */
    public void reinstall(Path... jars) {
        process.close();
        ServerOptions other = options.withProviders(jars);
        BuiltHome built = BuiltHome.of(TestSettings.distribution(), other);
        built.unfold(other, home);
        process = launch();
        built.keep(home);
    }

    @Override
    public void close() {
        process.close();
        Distribution.delete(home);
    }

    private ChildProcess launch() {
        return launch(Map.of());
    }

    private ChildProcess launch(Map<String, String> more) {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        List<String> command = new ArrayList<>();
        command.add(home.resolve(windows ? "bin/kc.bat" : "bin/kc.sh").toString());
        command.addAll(List.of(options.mode(), "--import-realm", "--health-enabled=true", "--http-host=127.0.0.1"));
        command.add("--http-port=" + port);
        command.add("--http-management-port=" + management.getPort());
        command.add("--truststore-paths=" + TestCertificate.ofThisRun().certificate());
        command.addAll(CHEAP_PASSWORDS);
        command.addAll(options.arguments());
        Map<String, String> environment = new HashMap<>();
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", TestSettings.admin().name());
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", TestSettings.admin().password());
        environment.put("JAVA_OPTS_APPEND", SHORT_LIVED);
        environment.put("KC_SPI_CONNECTIONS_HTTP_CLIENT__DEFAULT__PROXY_MAPPINGS", NO_VENDORS);
        environment.put(CLEAN_UP_INTERVAL, "0");
        environment.putAll(options.environment());
        environment.putAll(more);
        ChildProcess launched = ChildProcess.start(command, environment, home, log);
        URI ready = management.resolve("/health/ready");
        launched.await("Keycloak is not ready", () -> answers(ready), TestSettings.startTimeout());
        return launched;
    }

    private static boolean answers(URI uri) {
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
