package io.github.keycloakmcp.benchmarks;

import java.util.Map;

import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.ServerOptions;

/**
 * A Keycloak as in production, apart from its database (H2): not in development mode, with a heap of a fixed size.
 *
 * @param keycloak the server
 * @param name what the report calls it
 * @param product whether it has the extension
 */
record BenchmarkServer(DistributionKeycloak keycloak, String name, boolean product) implements AutoCloseable {

    /** Unpacks and starts a server, with the extension or without. */
    static BenchmarkServer start(String name, boolean product) {
        ServerOptions options = ServerOptions.ofTestRun()
                .named(name)
                .inProduction()
                .withArguments("--db=dev-file", "--cache=local", "--hostname-strict=false")
                .withEnvironment(Map.of("JAVA_OPTS_KC_HEAP", "-Xms512m -Xmx512m", "JAVA_OPTS_APPEND", "")); // as in production
        return new BenchmarkServer(
                DistributionKeycloak.start(product ? options : options.withProviders()), name, product);
    }

    void restart() {
        keycloak.restart();
    }

    @Override
    public void close() {
        keycloak.close();
    }
}
