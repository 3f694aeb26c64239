package io.github.keycloakmcp.tests.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two Keycloak nodes in production mode on one PostgreSQL, joined as a cluster over loopback. There is no load balancer in
 * front of them, so each goes by its own URL: a token of one is good at that one.
 */
public final class KeycloakCluster implements AutoCloseable {

    private final PostgresServer database;
    private final List<DistributionKeycloak> nodes = new ArrayList<>();

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
    public static KeycloakCluster start(String... arguments) {
        KeycloakCluster cluster = new KeycloakCluster(PostgresServer.start());
        try {
            cluster.join("node-1", arguments);
            cluster.join("node-2", arguments);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The node that was started first. */
    public DistributionKeycloak first() {
        return nodes.get(0);
    }

    /** The node that joined it. */
    public DistributionKeycloak second() {
        return nodes.get(1);
    }

    /** What the nodes have logged so far, the first one's lines before the second one's. */
    public List<String> logLines() {
        return nodes.stream().flatMap(node -> node.logLines().stream()).toList();
    }

    /** What the nodes together have counted of a realm. */
    public Map<String, Integer> counted(McpRealm realm) {
        return nodes.stream()
                .flatMap(node -> Counter.all(node.management()))
                .filter(counter -> counter.isOf(realm.name()))
                .collect(Collectors.toMap(Counter::series, Counter::value, Integer::sum));
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
        ServerOptions options =
                ServerOptions.ofTestRun().named(name).inProduction().withArguments(all.toArray(String[]::new));
        nodes.add(DistributionKeycloak.start(options));
    }

    @Override
    public void close() {
        nodes.forEach(KeycloakServer::close);
        database.close();
    }
}
