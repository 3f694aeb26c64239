package io.github.keycloakmcp.tests.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reverse proxy on this computer that sends requests in turn to those nodes whose {@code /health/ready} responds with 200, as
 * operations.md advises: three failed checks take a node out, one that succeeds brings it back. It never sends a request twice, and
 * notes each that a node did not answer.
 */
public final class LoadBalancer implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(200);

    /** One is too few: when a node leaves, Keycloak's check of the cluster can fail once at the other one. */
    private static final int FAILURES = 3;

    private static final Set<String> OWN =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings", "expect");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger turn = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();
    private final Map<URI, AtomicInteger> answered = new ConcurrentHashMap<>();
    private final Map<URI, Integer> failures = new ConcurrentHashMap<>();
    private final HttpServer server;
    private volatile List<DistributionKeycloak> nodes;
    private volatile List<URI> ready = List.of();
    private volatile boolean closed;

    private LoadBalancer(HttpServer server, List<DistributionKeycloak> nodes) {
        this.server = server;
        this.nodes = List.copyOf(nodes);
        look();
        server.setExecutor(threads);
        server.createContext("/", this::forward);
        server.start();
        threads.execute(() -> {
            while (!closed) {
                look();
                pause();
            }
        });
    }

    /** Starts one. */
    public static LoadBalancer over(DistributionKeycloak... nodes) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            return new LoadBalancer(HttpServer.create(address, 0), List.of(nodes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A realm as clients see it. */
    public URI issuer(McpRealm realm) {
        return URI.create("http://" + authority() + "/realms/" + realm.name());
    }

    /** Sends all requests from now on to other nodes, of which one has to be ready. */
    public void sendTo(DistributionKeycloak... others) {
        nodes = List.of(others);
        List<URI> chosen = nodes.stream().map(DistributionKeycloak::url).toList();
        Awaited.untilAsserted(() -> {
            look();
            assertThat(ready).isNotEmpty().isSubsetOf(chosen);
        });
    }

    /** The requests that no node answered, with the reason. */
    public List<String> broken() {
        return List.copyOf(broken);
    }

    /** How many requests a node has answered so far. */
    public int answeredBy(DistributionKeycloak node) {
        return counter(node.url()).get();
    }

    @Override
    public void close() {
        closed = true;
        server.stop(0);
        threads.shutdownNow();
    }

    private String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private AtomicInteger counter(URI node) {
        return answered.computeIfAbsent(node, unused -> new AtomicInteger());
    }

    private synchronized void look() {
        // At the same time: one that takes long must not delay the look at one that stops.
        nodes.parallelStream()
                .forEach(node -> failures.merge(
                        node.url(), isReady(node.management()) ? 0 : FAILURES, LoadBalancer::afterAnotherCheck));
        List<URI> now = nodes.stream()
                .map(DistributionKeycloak::url)
                .filter(node -> failures.getOrDefault(node, FAILURES) < FAILURES)
                .toList();
        // Like nginx, it tries the last one if none is ready: on a busy machine the check of the cluster can fail for
        // longer.
        ready = now.isEmpty() ? ready : now;
    }

    private static int afterAnotherCheck(int before, int failed) {
        return failed == 0 ? 0 : Math.min(FAILURES, before + 1);
    }

    private boolean isReady(URI management) {
        HttpRequest request = HttpRequest.newBuilder(management.resolve("/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void forward(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        List<URI> nodes = ready;
        try (exchange) {
            if (nodes.isEmpty()) {
                fail(exchange, request + ": no node is ready", 503);
                return;
            }
            URI node = nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
            try {
                HttpResponse<InputStream> answer =
                        http.send(request(exchange, node), HttpResponse.BodyHandlers.ofInputStream());
                answer(exchange, answer);
                counter(node).incrementAndGet();
            } catch (IOException e) {
                fail(exchange, request + " at " + node + ": " + e, 502);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private HttpRequest request(HttpExchange exchange, URI node) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(node + exchange.getRequestURI().toString()))
                .timeout(Duration.ofSeconds(60))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        request.setHeader("X-Forwarded-For", "127.0.0.1");
        request.setHeader("X-Forwarded-Proto", "http");
        request.setHeader("X-Forwarded-Host", authority());
        request.setHeader(
                "X-Forwarded-Port", Integer.toString(server.getAddress().getPort()));
        return request.build();
    }

    private static void answer(HttpExchange exchange, HttpResponse<InputStream> answer) throws IOException {
        byte[] body = answer.body().readAllBytes();
        answer.headers().map().forEach((name, values) -> {
            if (!name.startsWith(":") && !OWN.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private void fail(HttpExchange exchange, String why, int status) throws IOException {
        broken.add(why);
        byte[] body = why.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void pause() {
        try {
            Thread.sleep(INTERVAL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
