package io.github.keycloakmcp.tests.server;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two Keycloak nodes in production mode on one PostgreSQL, joined as a cluster over loopback. There is no load balancer in
 * front of them, so each goes by its own URL: a token of one is good at that one.
 */
public final class KeycloakCluster implements AutoCloseable {

    private final PostgresServer database;
    private final List<KeycloakServer> nodes = new ArrayList<>();

    private KeycloakCluster(PostgresServer database) {
        this.database = database;
    }

    /** Whether this machine can run one. */
    public static boolean isPossible() {
        return PostgresServer.isInstalled()
                && TestSettings.remoteUrl().isEmpty()
                && TestSettings.serverKind().equals("distribution");
    }

    /** Starts one node after the other; the second finds the first in the database. */
    public static KeycloakCluster start(String name, String... arguments) {
        KeycloakCluster cluster = new KeycloakCluster(PostgresServer.start());
        try {
            cluster.join(name + "-1", arguments);
            cluster.join(name + "-2", arguments);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The node that was started first. */
    public KeycloakServer first() {
        return nodes.get(0);
    }

    /** The node that joined it. */
    public KeycloakServer second() {
        return nodes.get(1);
    }

    private void join(String name, String... arguments) {
        Stream<String> all = Stream.of(
                        database.keycloakArguments().stream(),
                        Stream.of(
                                "--hostname-strict=false",
                                "--cache-embedded-network-bind-address=127.0.0.1",
                                "--cache-embedded-network-bind-port=" + Ports.free()),
                        Stream.of(arguments))
                .flatMap(part -> part);
        nodes.add(DistributionKeycloak.start(
                ServerOptions.ofTestRun().named(name).inProduction().withArguments(all.toArray(String[]::new))));
    }

    @Override
    public void close() {
        nodes.forEach(KeycloakServer::close);
        database.close();
    }
}
