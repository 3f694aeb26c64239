package io.github.keycloakmcp.tests.integration.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.net.httpserver.HttpServer;

/**
 * An MCP server that only publishes its metadata (RFC 9728).
 *
 * @param http its server
 * @param document what it publishes
 */
public record PublishingServer(HttpServer http, AtomicReference<String> document) implements AutoCloseable {

    static PublishingServer start() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicReference<String> document = new AtomicReference<>("{}");
        http.createContext("/.well-known/oauth-protected-resource/mcp", exchange -> {
            byte[] body = Objects.requireNonNull(document.get()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
        return new PublishingServer(http, document);
    }

    String resource() {
        return "http://localhost:" + http.getAddress().getPort() + "/mcp";
    }

    void publish(String issuer, String scope) {
        document.set("""
                {"resource": "%s", "authorization_servers": ["%s"], "scopes_supported": ["%s"]}
                """.formatted(resource(), issuer, scope));
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
