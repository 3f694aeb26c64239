package io.github.keycloakmcp.tests.server;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.jspecify.annotations.Nullable;

import static io.restassured.RestAssured.given;

/**
 * Admin REST, called as an administrator of the master realm. The plain verbs return the answer as it is; {@link #read} and
 * {@link #succeeded} insist on success.
 */
public final class AdminApi {

    private static final Duration TOKEN_LIFE = Duration.ofSeconds(30);

    private final KeycloakServer server;
    private @Nullable String token;
    private Instant tokenEnd = Instant.EPOCH;

    /** Uses the administrator of the server. */
    public AdminApi(KeycloakServer server) {
        this.server = server;
    }

    /** GET below {@code /admin/realms}, path with a leading slash. */
    public Response get(String path) {
        return request().get(uri(path));
    }

    /** PUT of a JSON document. */
    public Response put(String path, Object json) {
        return request().body(json.toString()).put(uri(path));
    }

    /** POST of a JSON document. */
    public Response post(String path, Object json) {
        return request().body(json.toString()).post(uri(path));
    }

    /** DELETE. */
    public Response delete(String path) {
        return request().delete(uri(path));
    }

    /** DELETE of those that a JSON document names. */
    public Response delete(String path, Object json) {
        return request().body(json.toString()).delete(uri(path));
    }

    /** GET that has to succeed. */
    public JsonNode read(String path) {
        return Json.parse(succeeded("GET", path, get(path)).asString());
    }

    /** What the server knows about itself: providers, event types and more. */
    public JsonNode serverInfo() {
        String path = "/admin/serverinfo";
        Response response = request().get(URI.create(server.url() + path));
        return Json.parse(succeeded("GET", path, response).asString());
    }

    /** Fails with the server's words unless the answer is a success; the way to insist on a write. */
    public static Response succeeded(String verb, String path, Response response) {
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                    verb + " " + path + " answered " + response.statusCode() + ": " + response.asString());
        }
        return response;
    }

    private RequestSpecification request() {
        return given().urlEncodingEnabled(false)
                .contentType(ContentType.JSON.withCharset("UTF-8"))
                .header("Authorization", "Bearer " + token());
    }

    private URI uri(String path) {
        return URI.create(server.url() + "/admin/realms" + path);
    }

    private synchronized String token() {
        String current = token;
        if (current != null && Instant.now().isBefore(tokenEnd)) {
            return current;
        }
        String path = "/realms/master/protocol/openid-connect/token";
        Response response = given().formParam("client_id", "admin-cli")
                .formParam("grant_type", "password")
                .formParam("username", server.admin().name())
                .formParam("password", server.admin().password())
                .post(URI.create(server.url() + path));
        String fresh = Json.parse(succeeded("POST", path, response).asString())
                .path("access_token")
                .asText();
        token = fresh;
        tokenEnd = Instant.now().plus(TOKEN_LIFE);
        return fresh;
    }
}
