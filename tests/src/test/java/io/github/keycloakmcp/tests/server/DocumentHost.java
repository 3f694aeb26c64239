package io.github.keycloakmcp.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/** An https host on this computer that serves documents, changes them, counts who asks, and goes down when told so. */
public final class DocumentHost implements AutoCloseable {

    private record Document(int status, Map<String, String> headers, String body) {}

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Document> documents = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private DocumentHost(HttpsServer server) {
        this.server = server;
        server.setHttpsConfigurator(
                new HttpsConfigurator(TestCertificate.ofThisRun().tls()));
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Starts one. */
    public static DocumentHost start() {
        try {
            return new DocumentHost(HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The URL of a path. */
    public String url(String path) {
        return "https://localhost:" + server.getAddress().getPort() + path;
    }

    /** Serves a client's document under its own URL, which is returned; the members are those of a JSON object. */
    public String publish(String path, String members) {
        ObjectNode document = Json.parseObject("{" + members + "}");
        document.put("client_id", url(path));
        return serve(path, 200, "application/json", document.toString());
    }

    /** Serves anything. */
    public String serve(String path, int status, String type, String body) {
        documents.put(
                path,
                new Document(status, Map.of("Content-Type", type, "ETag", '"' + "v" + body.hashCode() + '"'), body));
        return url(path);
    }

    /** How often anybody has asked for a path, with the status of each answer. */
    public List<String> requests(String path) {
        return requests.stream()
                .filter(request -> request.startsWith(path + " "))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Document document = documents.getOrDefault(path, new Document(404, Map.of(), ""));
        String asked = exchange.getRequestHeaders().getFirst("If-None-Match");
        boolean same = document.status() == 200
                && asked != null
                && asked.equals(document.headers().get("ETag"));
        int status = same ? 304 : document.status();
        requests.add(path + " " + status);
        document.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = same ? new byte[0] : document.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
