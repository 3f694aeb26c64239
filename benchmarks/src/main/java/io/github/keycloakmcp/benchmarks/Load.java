package io.github.keycloakmcp.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.keycloakmcp.tests.cost.ServerCosts;
import io.github.keycloakmcp.tests.server.McpRealm;

/** The requests of one case to one server, over a fixed number of connections. */
final class Load implements AutoCloseable {

    private static final int CONNECTIONS = 8;

    private final ServerCosts costs;
    private final List<Case.Connection> connections;
    private final int requests;
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

    Load(Case measured, McpRealm realm, BenchmarkServer server, ServerCosts costs) {
        this.costs = costs;
        this.connections = IntStream.range(0, CONNECTIONS)
                .mapToObj(number -> measured.connect(realm, server.product()))
                .toList();
        this.requests = measured.requests();
    }

    /**
     * What one measurement says of one request.
     *
     * @param cpu CPU time of the server in milliseconds
     * @param kilobytes allocated by the server
     * @param perSecond requests per second
     * @param p50 half of the answers came within so many milliseconds
     * @param p99 nearly all of them
     */
    record Sample(double cpu, double kilobytes, double perSecond, double p50, double p99) {}

    /** One measurement. */
    Sample run() {
        Map<Long, ServerCosts.Cost> before = costs.soFar();
        long begin = System.nanoTime();
        double[] latencies = send();
        double seconds = (System.nanoTime() - begin) / 1e9;
        ServerCosts.Cost cost = costs.since(before);
        onEach(connection -> {
            connection.tidy();
            return true;
        });
        return new Sample(
                cost.cpu() / 1e6 / latencies.length,
                cost.bytes() / 1024.0 / latencies.length,
                latencies.length / seconds,
                latencies[latencies.length / 2],
                latencies[latencies.length * 99 / 100]);
    }

    private double[] send() {
        return onEach(connection -> {
                    double[] latencies = new double[requests / CONNECTIONS];
                    for (int i = 0; i < latencies.length; i++) {
                        long begin = System.nanoTime();
                        connection.send();
                        latencies[i] = (System.nanoTime() - begin) / 1e6;
                    }
                    return latencies;
                })
                .stream()
                .flatMapToDouble(Arrays::stream)
                .sorted()
                .toArray();
    }

    /** Does something on all connections at once. */
    private <T> List<T> onEach(Function<Case.Connection, T> work) {
        List<Callable<T>> tasks = connections.stream()
                .<Callable<T>>map(connection -> () -> work.apply(connection))
                .toList();
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> done : threads.invokeAll(tasks)) {
                results.add(done.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a request failed", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
