package io.github.keycloakmcp.tests.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Two Keycloak nodes in production mode on one database server, joined as a cluster over loopback. There is no load balancer in
 * front of them, so each goes by its own URL: a token of one is good at that one.
 */
public final class KeycloakCluster implements AutoCloseable {

    private final DatabaseServer database;
    private final DatabaseGate gate;
    private final String prefix;
    private final boolean stock;
    private final List<DistributionKeycloak> nodes = new ArrayList<>();

    private KeycloakCluster(String prefix, boolean stock) {
        this.prefix = prefix;
        this.stock = stock;
        this.database = DatabaseServer.start();
        this.gate = DatabaseGate.before(database.port());
    }

    /** Whether this machine can run one. */
    public static boolean isPossible() {
        return DatabaseServer.isInstalled()
                && TestSettings.remoteUrl().isEmpty()
                && TestSettings.serverKind().equals("distribution");
    }

    /** Starts one node after the other; the second finds the first in the database. */
    public static KeycloakCluster start(String... arguments) {
        return named("node", arguments);
    }

    /** The same for a test that stops, kills and cuts off its nodes: they run besides those that others share. */
    public static KeycloakCluster named(String prefix, String... arguments) {
        return joined(new KeycloakCluster(prefix, false), arguments);
    }

    /** The same without the extension. */
    public static KeycloakCluster stock(String prefix, String... arguments) {
        return joined(new KeycloakCluster(prefix, true), arguments);
    }

    private static KeycloakCluster joined(KeycloakCluster cluster, String... arguments) {
        try {
            cluster.join(cluster.prefix + "-1", arguments);
            cluster.join(cluster.prefix + "-2", arguments);
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

    /** Both. */
    public List<DistributionKeycloak> nodes() {
        return List.copyOf(nodes);
    }

    /** The way to the database, which a test may shut. */
    public DatabaseGate gate() {
        return gate;
    }

    /** What the nodes have logged so far, the first one's lines before the second one's. */
    public List<String> logLines() {
        return nodes.stream().flatMap(node -> node.logLines().stream()).toList();
    }

    /** The help texts of the product's metrics, by name, as the nodes publish them. */
    public Map<String, String> metrics() {
        return nodes.stream()
                .flatMap(node -> Counter.helpTexts(node.management()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one));
    }

    /** What the nodes together have counted of a realm; times and what is still at zero are left out. */
    public Map<String, Integer> counted(McpRealm realm) {
        return nodes.stream()
                .flatMap(node -> Counter.all(node.management()))
                .filter(counter -> counter.isOf(realm.name()))
                .filter(counter -> counter.name().endsWith("_total") && counter.value() > 0)
                .collect(Collectors.toMap(Counter::series, Counter::value, Integer::sum));
    }

    /** What the nodes publish of a realm, as they write it, with one name for all realms. */
    public List<String> published(McpRealm realm) {
        return nodes.stream()
                .flatMap(node -> Counter.lines(node.management()))
                .filter(line -> line.contains("realm=\"" + realm.name() + "\""))
                .map(line -> line.replace("realm=\"" + realm.name() + "\"", "realm=\"mcp\""))
                .toList();
    }

    private void join(String name, String... arguments) {
        ServerOptions options = ServerOptions.ofTestRun()
                .named(name)
                .onDatabase(isShared() ? database.keycloakArguments() : database.keycloakArguments(gate.port()))
                .withArguments(arguments);
        nodes.add(DistributionKeycloak.start(stock ? options.withProviders() : options));
    }

    private boolean isShared() {
        return prefix.equals("node");
    }

    @Override
    public void close() {
        nodes.forEach(KeycloakServer::close);
        gate.close();
        database.close();
    }
}
