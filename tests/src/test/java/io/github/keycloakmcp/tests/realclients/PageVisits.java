package io.github.keycloakmcp.tests.realclients;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.keycloakmcp.tests.server.Json;

/**
 * Visits of one browser to the admin page, with something done before each: the script {@code situations.mjs} posts what the
 * page showed and gets the next visit.
 */
final class PageVisits {

    private final Iterator<Supplier<JsonNode>> visits;
    private final List<JsonNode> reports = new ArrayList<>();

    private PageVisits(List<Supplier<JsonNode>> visits) {
        this.visits = visits.iterator();
    }

    /** Makes the visits, and returns what was seen at each. */
    static List<JsonNode> report(List<Supplier<JsonNode>> visits) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        PageVisits all = new PageVisits(visits);
        http.createContext("/", all::next);
        http.start();
        try {
            new NodeScript("situations.mjs")
                    .run("--visits=http://127.0.0.1:" + http.getAddress().getPort() + "/");
        } finally {
            http.stop(0);
        }
        return all.reports.subList(1, all.reports.size());
    }

    private void next(HttpExchange exchange) throws IOException {
        int status = 200;
        String answer;
        try {
            reports.add(Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            answer = (visits.hasNext() ? visits.next().get() : Json.object()).toString();
        } catch (RuntimeException | AssertionError e) {
            status = 500;
            answer = e.toString();
        }
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
