package io.github.keycloakmcp.tests.server;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The example MCP servers of one test class.
 *
 * @param all in the order the realm declares them
 */
public record ExampleServers(List<ExampleServer> all) implements AutoCloseable {

    static int[] ports(int count) {
        return IntStream.range(0, count).map(index -> Ports.free()).toArray();
    }

    static String declaration(int... ports) {
        return IntStream.of(ports)
                .mapToObj(port -> ExampleServer.resourceAt(port).toString())
                .collect(Collectors.joining("##"));
    }

    static ExampleServers start(URI issuer, int... ports) {
        List<ExampleServer> started = new ArrayList<>();
        for (int port : ports) {
            started.add(ExampleServer.start(port, issuer));
        }
        return new ExampleServers(List.copyOf(started));
    }

    /** The first server. */
    public ExampleServer a() {
        return all.get(0);
    }

    /** The second server. */
    public ExampleServer b() {
        return all.get(1);
    }

    @Override
    public void close() {
        all.forEach(ExampleServer::close);
    }
}
