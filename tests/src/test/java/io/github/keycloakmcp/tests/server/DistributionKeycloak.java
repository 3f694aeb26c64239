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

    private final Path home;
    private final Path log;
    private final ServerOptions options;
    private final int port;
    private ChildProcess process;

    private DistributionKeycloak(Path home, Path log, ServerOptions options, int port) {
        this.home = home;
        this.log = log;
        this.options = options;
        this.port = port;
        this.process = launch(home, log, options, port);
    }

    /** Unpacks, installs, starts, and returns when the server is ready. */
    public static DistributionKeycloak start(ServerOptions options) {
        return start(TestSettings.distribution(), options);
    }

    /** The same with another distribution of Keycloak. */
    public static DistributionKeycloak start(Path distribution, ServerOptions options) {
        Path work = TestSettings.workFolder();
        Path home = work.resolve(options.name());
        Path log = work.resolve(options.name() + ".log");
        Distribution.unpack(distribution, home);
        Distribution.install(options.providers(), home.resolve("providers"));
        Distribution.install(options.realms(), home.resolve("data/import"));
        Distribution.delete(log);
        return new DistributionKeycloak(home, log, options, options.port() == 0 ? Ports.free() : options.port());
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

    /** The folder the server runs in. */
    public Path home() {
        return home;
    }

    /** Whether the server still runs. */
    public boolean alive() {
        return process.alive();
    }

    @Override
    public void restart() {
        process.close();
        process = launch(home, log, options, port);
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
        process = launch(home, log, options, port);
    }

    @Override
    public void close() {
        process.close();
        Distribution.delete(home);
    }

    private static ChildProcess launch(Path home, Path log, ServerOptions options, int port) {
        int management = Ports.free();
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        List<String> command = new ArrayList<>();
        command.add(home.resolve(windows ? "bin/kc.bat" : "bin/kc.sh").toString());
        command.addAll(List.of(options.mode(), "--import-realm", "--health-enabled=true", "--http-host=127.0.0.1"));
        command.add("--http-port=" + port);
        command.add("--http-management-port=" + management);
        command.add("--truststore-paths=" + TestCertificate.ofThisRun().certificate());
        command.addAll(options.arguments());
        Map<String, String> environment = new HashMap<>();
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", TestSettings.admin().name());
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", TestSettings.admin().password());
        environment.putAll(options.environment());
        ChildProcess process = ChildProcess.start(command, environment, home, log);
        URI ready = URI.create("http://127.0.0.1:" + management + "/health/ready");
        process.await("Keycloak is not ready", () -> answers(ready), TestSettings.startTimeout());
        return process;
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
