package io.github.keycloakmcp.benchmarks;

import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.PostgresServer;
import io.github.keycloakmcp.tests.server.ServerOptions;

/**
 * A Keycloak as in production, apart from its database (H2, where no other is given): not in development mode, with a heap of a fixed size.
 *
 * @param keycloak the server
 * @param name what the report calls it
 * @param product whether it has the extension
 */
record BenchmarkServer(DistributionKeycloak keycloak, String name, boolean product) implements AutoCloseable {

    /** Unpacks and starts a server, with the extension or without. */
    static BenchmarkServer start(String name, boolean product) {
        return start(name, product, List.of("--db=dev-file"));
    }

    /** The same with a PostgreSQL for its database. */
    static BenchmarkServer startOn(PostgresServer database, String name, boolean product) {
        return start(name, product, database.keycloakArguments());
    }

    private static BenchmarkServer start(String name, boolean product, List<String> database) {
        ServerOptions options = ServerOptions.ofTestRun()
                .named(name)
                .inProduction()
                .withArguments("--cache=local", "--hostname-strict=false")
                .withArguments(database.toArray(String[]::new))
                .withEnvironment(
                        Map.of("JAVA_OPTS_KC_HEAP", "-Xms512m -Xmx512m", "JAVA_OPTS_APPEND", "")); // as in production
        return new BenchmarkServer(
                DistributionKeycloak.start(product ? options : options.withProviders()), name, product);
    }

    /** The same server, for realms that are made as if it had no extension. */
    BenchmarkServer withoutProduct() {
        return new BenchmarkServer(keycloak, name, false);
    }

    void restart() {
        keycloak.restart();
    }

    @Override
    public void close() {
        keycloak.close();
    }
}
