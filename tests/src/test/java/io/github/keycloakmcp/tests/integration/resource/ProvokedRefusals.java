package io.github.keycloakmcp.tests.integration.resource;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;

/** Makes a server refuse something, by the code of the refusal. */
final class ProvokedRefusals implements AutoCloseable {

    private static final String GOOD = "\"client_name\": \"App\", \"redirect_uris\": [\"http://localhost/callback\"]";

    private final Map<String, Runnable> ways = new LinkedHashMap<>();
    private final McpRealm realm;
    private final Catalogue catalogue;
    private final McpClient client;
    private final DocumentHost documents = DocumentHost.start();

    ProvokedRefusals(McpRealm realm) {
        this.realm = realm;
        this.catalogue = new Catalogue(realm);
        this.client = McpClient.of(realm).registered(ClientMetadata.unique("Known"));
        realm.clients().create("""
                {"clientId": "%s", "secret": "secret", "standardFlowEnabled": false,
                 "attributes": {"mcp.required-role": "nobody-has-it"}}
                """.formatted(McpRealm.SERVER_B));
        // A client in use does not make room for another one.
        client.obtain(Browser.of("alice"), request(McpRealm.SERVER_A));
        metadata();
        registrations();
        administratorsClients();
        documents();
        authorizations();
        tokens();
    }

    /** All that can be provoked here. */
    Stream<String> codes() {
        return ways.keySet().stream();
    }

    /** Has something refused for this reason. */
    void provoke(String code) {
        Objects.requireNonNull(ways.get(code), code).run();
    }

    private void metadata() {
        ClientMetadata good = ClientMetadata.named("Refused");
        ways.put("metadata-not-json", () -> client.register("[]"));
        ways.put("metadata-too-long", () -> client.register("{\"client_name\": \"" + "x".repeat(70_000) + "\"}"));
        refused("metadata-malformed", good.with("client_name", 5));
        refused("metadata-inconsistent", good.with("token_endpoint_auth_method", "private_key_jwt"));
        refused("client-id-mismatch", good.with("client_id", "account"));
        refused("client-name-refused", good.with("client_name", "x".repeat(256)));
        refused("client-name-taken", ClientMetadata.named("Claude").redirects("https://evil.example/cb"));
        refused("client-uri-refused", good.with("jwks_uri", "https://evil.example/keys"));
        refused("grant-types-refused", good.with("grant_types", List.of("client_credentials")));
        refused("redirect-malformed", good.redirects("http://localhost/*"));
        refused("redirect-count-refused", good.redirects());
        refused("redirect-host-not-trusted", good.redirects("https://evil.example/cb"));
        refused("redirect-scheme-not-allowed", good.redirects("com.example.app:/callback"));
    }

    private void registrations() {
        ways.put("redirect-loopback-not-allowed", () -> registerWhile("allow-loopback", "false"));
        ways.put("realm-is-full", () -> registerWhile("max-clients", "1"));
        ways.put("sender-not-allowed", () -> registerWhile("allowed-senders", "203.0.113.0/24"));
        ways.put("too-many-registrations", () -> registerWhile("registrations-per-sender", "1"));
        ways.put("forced-scope-missing", () -> registerWhile("forced-scopes", "mcp:absent"));
        ways.put(
                "wrong-endpoint",
                () -> Http.plain()
                        .json("POST", registration("default"), "{\"redirectUris\": [\"http://localhost/\"]}"));
        ways.put("client-unknown", () -> Http.plain().delete(registration("openid-connect/mcp-%00")));
        ways.put("client-disabled", () -> {
            ClientMetadata metadata = ClientMetadata.unique("Disabled");
            String id = client.register(metadata).clientId();
            realm.clients().edit(id, stored -> stored.put("enabled", false));
            client.register(metadata);
        });
    }

    private void administratorsClients() {
        ways.put("redirect-scheme-dangerous", () -> realm.post("/clients", """
                {"clientId": "dangerous", "optionalClientScopes": ["mcp:tools"],
                 "redirectUris": ["javascript://a.example/x"]}"""));
    }

    private void documents() {
        ways.put("document-address-refused", () -> open("https://app.example.com"));
        ways.put("document-not-accepted", () -> open("https://app.example.com:8443/client"));
        ways.put("document-unreadable", () -> open("https://localhost:9/client"));
        published("document-holds-secret", "\"client_secret\": \"x\"");
        published("document-keys-refused", "\"token_endpoint_auth_method\": \"private_key_jwt\"");
        published("document-auth-method-refused", "\"token_endpoint_auth_method\": \"client_secret_post\"");
    }

    private void authorizations() {
        AuthorizationRequest request = client.authorization().scope("mcp:tools");
        sent("resource-missing", request);
        sent("resource-malformed", request.resource("https://user@mcp.example/mcp"));
        sent("resource-unknown", request.resource("https://unknown.example/mcp"));
        realm.clients().create("""
                {"clientId": "on-request", "publicClient": true, "redirectUris": ["%s"],
                 "optionalClientScopes": ["mcp:tools"]}
                """.formatted(ClientMetadata.LOOPBACK));
        McpClient onRequest = McpClient.of(realm).identifiedBy("on-request", null, ClientMetadata.LOOPBACK);
        sent(
                "scope-not-requested",
                onRequest.authorization().resource(McpRealm.SERVER_A).scope("openid"));
        ways.put("scope-missing", () -> {
            McpClient without = McpClient.of(realm).registered(ClientMetadata.unique("Without"));
            AdminApi.succeeded(
                    "DELETE",
                    "scope",
                    realm.delete(realm.clients().path(without.clientId()) + "/default-client-scopes/"
                            + realm.scopes().get("mcp:tools").path("id").asText()));
            Browser.of("alice")
                    .open(without.authorization().resource(McpRealm.SERVER_A).uri());
        });
        ways.put("scope-of-another-server", () -> {
            realm.scopes().create(ServerScope.json("other:read", McpRealm.SERVER_B));
            sent(request.scope("mcp:tools other:read").resource(McpRealm.SERVER_A));
            AdminApi.succeeded(
                    "DELETE", "other:read", realm.delete(realm.scopes().path("other:read")));
        });
        sent("response-type-refused", request.resource(McpRealm.SERVER_A).with("response_type", "none"));
    }

    private void tokens() {
        realm.clients().create("""
                {"clientId": "asks-later", "secret": "secret", "publicClient": false, "redirectUris": ["%s"],
                 "defaultClientScopes": ["basic", "mcp:tools"], "attributes": {"oidc.ciba.grant.enabled": "true"}}
                """.formatted(ClientMetadata.LOOPBACK));
        ways.put(
                "grant-not-bindable",
                () -> McpClient.of(realm)
                        .identifiedBy("asks-later", "secret", ClientMetadata.LOOPBACK)
                        .post(
                                "backchannel_authentication_endpoint",
                                Form.of("scope", "openid", "login_hint", "alice", "binding_message", "hello")
                                        .with("resource", McpRealm.SERVER_A)));
        ways.put("resource-not-granted", () -> {
            AuthorizationRequest request = request(McpRealm.SERVER_A);
            client.token(client.codeForm(request, Browser.of("alice").authorize(request))
                    .with("resource", McpRealm.SERVER_B));
        });
        ways.put("role-missing", () -> {
            AuthorizationRequest request = request(McpRealm.SERVER_B);
            Browser alice = Browser.of("alice");
            alice.press(alice.reach(request), "back");
        });
        ways.put("redirect-withdrawn", () -> {
            McpClient other = McpClient.of(realm).registered(ClientMetadata.unique("Changed"));
            Browser alice = Browser.of("alice");
            Page consent = alice.reach(
                    other.authorization().resource(McpRealm.SERVER_A).scope("mcp:tools"));
            realm.clients()
                    .edit(
                            other.clientId(),
                            changed -> changed.putArray("redirectUris").add("http://localhost:4711/else"));
            alice.accept(consent);
        });
        ways.put("server-removed", () -> {
            Tokens tokens = client.obtain(Browser.of("alice"), request(McpRealm.SERVER_A));
            catalogue.declare(McpRealm.SERVER_B);
            client.refresh(tokens.refresh());
            catalogue.declare(McpRealm.SERVER_A, McpRealm.SERVER_B);
        });
        ways.put("refresh-not-bound", () -> {
            AuthorizationRequest request = client.authorization().scope("mcp:tools");
            Tokens tokens = catalogue.without(() -> client.obtain(Browser.of("alice"), request));
            client.refresh(tokens.refresh());
        });
    }

    private AuthorizationRequest request(String server) {
        return client.authorization().resource(server).scope("mcp:tools");
    }

    private URI registration(String path) {
        return URI.create(realm.issuer() + "/clients-registrations/" + path);
    }

    private void refused(String code, ClientMetadata metadata) {
        ways.put(code, () -> client.register(metadata));
    }

    private void sent(String code, AuthorizationRequest request) {
        ways.put(code, () -> sent(request));
    }

    private static void sent(AuthorizationRequest request) {
        Browser.of("alice").open(request.uri());
    }

    private void published(String code, String member) {
        ways.put(code, () -> open(documents.publish("/" + code, GOOD + ", " + member)));
    }

    private void open(String clientId) {
        McpClient other = McpClient.of(realm).identifiedBy(clientId, null, "http://localhost:4711/callback");
        Browser.of("alice")
                .open(other.authorization().resource(McpRealm.SERVER_A).uri());
    }

    /** Registers while a setting of the policy for anonymous clients has this value. */
    private void registerWhile(String setting, String value) {
        JsonNode policy = realm.components("mcp-client-registration").stream()
                .filter(one -> one.path("subType").asText().equals("anonymous"))
                .findFirst()
                .orElseThrow();
        String path = "/components/" + policy.path("id").asText();
        JsonNode before = policy.path("config").path(setting);
        set(path, setting, Json.tree(List.of(value)));
        client.register(ClientMetadata.unique("Policy"));
        set(path, setting, before.isMissingNode() ? Json.tree(List.of("")) : before);
    }

    private void set(String path, String setting, JsonNode value) {
        realm.edit(path, changed -> changed.withObject("/config").set(setting, value));
    }

    @Override
    public void close() {
        documents.close();
    }
}
