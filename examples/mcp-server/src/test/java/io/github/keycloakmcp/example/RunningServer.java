package io.github.keycloakmcp.example;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The real server on a free port. Its resource names a port of its own choosing, as behind a proxy, so that the tests
 * see which of the two an answer is made from.
 */
record RunningServer(Server server) implements AutoCloseable {

    static final String RESOURCE = "http://localhost:3001/mcp";
    static final String METADATA = "http://localhost:3001/.well-known/oauth-protected-resource/mcp";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",
             "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

    static RunningServer trusting(TestIssuer issuer, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--port=0", "--issuer=" + issuer.url()));
        arguments.add("--resource=" + RESOURCE);
        arguments.addAll(List.of(more));
        return new RunningServer(ExampleServer.start(Settings.read(arguments, Map.of())));
    }

    String url() {
        return "http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    /** Opens an MCP session, which succeeds exactly when the token is accepted. */
    HttpResponse<String> initialize(String... headers) throws IOException, InterruptedException {
        return initializeAt("/mcp", headers);
    }

    HttpResponse<String> initializeAt(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Accept", "application/json, text/event-stream")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(INITIALIZE));
        return send(request, headers);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url() + path)), headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request, String... headers) throws IOException, InterruptedException {
        return HTTP.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("the server does not stop", failure);
        }
    }
}
