package io.github.keycloakmcp.tests.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Plain HTTP with nothing done behind one's back: no redirects, no cookies, no retries.
 *
 * @param headers sent with every request, for example {@code Origin}
 */
public record Http(Map<String, String> headers) {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /** Without extra headers. */
    public static Http plain() {
        return new Http(Map.of());
    }

    /** The same with one more header on every request. */
    public Http with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Http(all);
    }

    /** GET. */
    public HttpReply get(URI uri) {
        return send("GET", uri, BodyPublishers.noBody());
    }

    /** DELETE. */
    public HttpReply delete(URI uri) {
        return send("DELETE", uri, BodyPublishers.noBody());
    }

    /** POST of a form. */
    public HttpReply post(URI uri, Form form) {
        return with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", uri, BodyPublishers.ofString(form.encoded()));
    }

    /** Any method with a JSON body. */
    public HttpReply json(String method, URI uri, String json) {
        return with("Content-Type", "application/json").send(method, uri, BodyPublishers.ofString(json));
    }

    /** Any method with a body as it is; the Content-Type is that of {@link #with}, or none. */
    public HttpReply raw(String method, URI uri, String body) {
        return send(method, uri, BodyPublishers.ofString(body));
    }

    /** What a browser asks before a cross-origin request. */
    public HttpReply preflight(URI uri, String method, String requestHeaders) {
        return with("Access-Control-Request-Method", method)
                .with("Access-Control-Request-Headers", requestHeaders)
                .send("OPTIONS", uri, BodyPublishers.noBody());
    }

    private HttpReply send(String method, URI uri, BodyPublisher body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).method(method, body);
        headers.forEach(request::setHeader);
        try {
            var response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new HttpReply(uri, response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method + " " + uri + " was interrupted", e);
        }
    }
}
