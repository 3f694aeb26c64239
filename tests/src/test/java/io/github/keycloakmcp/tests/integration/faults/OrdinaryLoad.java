package io.github.keycloakmcp.tests.integration.faults;

import java.net.URI;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.Json;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients that have nothing to do with MCP do all day: an application without PKCE logs users in, another session of it is
 * refreshed from the first minute to the last, and a machine gets tokens of its own.
 */
final class OrdinaryLoad implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(150);
    private static final String CALLBACK = "https://intranet.example.com/callback";

    private final Outcomes outcomes = new Outcomes();
    private final Workers workers = new Workers(PAUSE);

    OrdinaryLoad(URI issuer) {
        McpClient intranet = application(issuer);
        Tokens[] kept = {login(intranet)};
        start("login", () -> login(intranet));
        start("refresh", () -> kept[0] = intranet.refresh(kept[0].refresh()).tokens());
        McpClient batch = machine(issuer);
        start("machine", () -> batch.clientCredentials("").tokens());
    }

    /** A realm with these clients and a user, as Keycloak makes it. */
    static JsonNode realm() {
        return Json.parse("""
                {"sslRequired": "none",
                 "users": [{"username": "alice", "enabled": true, "email": "alice@example.com", "emailVerified": true,
                   "firstName": "Alice", "lastName": "Example",
                   "credentials": [{"type": "password", "value": "alice", "temporary": false}]}],
                 "clients": [
                   {"clientId": "intranet", "publicClient": true, "redirectUris": ["%s"]},
                   {"clientId": "batch", "secret": "batch", "serviceAccountsEnabled": true, "standardFlowEnabled": false}]}
                """.formatted(CALLBACK));
    }

    /** The application, at one node or at the load balancer. */
    static McpClient application(URI issuer) {
        return McpClient.of(issuer).identifiedBy("intranet", null, CALLBACK);
    }

    /** The machine. */
    static McpClient machine(URI issuer) {
        return McpClient.of(issuer).identifiedBy("batch", "batch", "");
    }

    /** A user logs in to the application. */
    static Tokens login(McpClient application) {
        return application.obtain(
                Browser.of("alice"),
                application.authorization().pkce(Pkce.none()).scope("openid"));
    }

    /** From now on each of these clients succeeds, and none has failed so far. */
    void goesOn(String when) {
        long since = System.nanoTime();
        Awaited.untilAsserted(() -> assertThat(outcomes.allSucceededSince(since, workers.names()))
                .as(when + " " + outcomes.failures())
                .isTrue());
        assertThat(outcomes.failures()).as(when).isEmpty();
    }

    private void start(String name, Runnable request) {
        workers.start(name, () -> once(name, request));
    }

    /** REST calls and pages fail with errors and exceptions of many types; each is a failed request of a client. */
    private void once(String name, Runnable request) {
        try {
            request.run();
            outcomes.succeeded(name);
        } catch (AssertionError | RuntimeException e) {
            String why = e.toString();
            outcomes.failed(name, name + ": " + why.substring(0, Math.min(300, why.length())));
        }
    }

    /** Ends the load when each worker has ended its last request. */
    @Override
    public void close() {
        workers.close();
    }
}
