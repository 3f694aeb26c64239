package io.github.keycloakmcp.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.tests.server.AdminUser;
import io.github.keycloakmcp.tests.server.ChildProcess;
import io.github.keycloakmcp.tests.server.Distribution;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.Ports;
import io.github.keycloakmcp.tests.server.TestSettings;

/** A Keycloak as in production, apart from its database (H2): not in development mode, with a heap of a fixed size. */
final class BenchmarkServer implements KeycloakServer {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String name;
    private final boolean product;
    private final Path home;
    private final int port = Ports.free();
    private ChildProcess process;

    private BenchmarkServer(String name, boolean product, Path home) {
        this.name = name;
        this.product = product;
        this.home = home;
        this.process = launch();
    }

    /** Unpacks and starts a server, with the extension or without. */
    static BenchmarkServer start(String name, boolean product) {
        Path home = TestSettings.workFolder().resolve(name);
        Distribution.unpack(TestSettings.distribution(), home);
        Distribution.install(product ? List.of(TestSettings.productJar()) : List.of(), home.resolve("providers"));
        return new BenchmarkServer(name, product, home);
    }

    String name() {
        return name;
    }

    /** Whether it has the extension. */
    boolean product() {
        return product;
    }

    /** The server's own Java process, whether the script that starts it stays or becomes it. */
    long pid() {
        return process.processes()
                .filter(handle -> handle.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow()
                .pid();
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

    @Override
    public void restart() {
        process.close();
        process = launch();
    }

    @Override
    public void close() {
        process.close();
        Distribution.delete(home);
    }

    private ChildProcess launch() {
        int management = Ports.free();
        List<String> command = List.of(
                home.resolve("bin/kc.sh").toString(),
                "start",
                "--db=dev-file",
                "--cache=local",
                "--health-enabled=true",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--hostname-strict=false",
                "--http-port=" + port,
                "--http-management-port=" + management);
        Map<String, String> environment = Map.of(
                "KC_BOOTSTRAP_ADMIN_USERNAME", admin().name(),
                "KC_BOOTSTRAP_ADMIN_PASSWORD", admin().password(),
                "JAVA_OPTS_KC_HEAP", "-Xms512m -Xmx512m");
        Path log = home.resolveSibling(name + ".log");
        ChildProcess started = ChildProcess.start(command, environment, home, log);
        URI ready = URI.create("http://127.0.0.1:" + management + "/health/ready");
        started.await("Keycloak is not ready", () -> answers(ready), TestSettings.startTimeout());
        return started;
    }

    private static boolean answers(URI uri) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
