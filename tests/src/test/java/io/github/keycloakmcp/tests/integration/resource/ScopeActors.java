package io.github.keycloakmcp.tests.integration.resource;

import java.net.URI;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.McpRealm;

/** A user and a client that may use every grant, both with one role or none. */
final class ScopeActors {

    /** The grants that name scopes. */
    enum Way {
        CODE,
        OFFLINE,
        PUSHED,
        DEVICE,
        EXCHANGE,
        CREDENTIALS
    }

    private static final String SECRET = "secret-of-scopes";
    private static final String GRANT_TYPES = "urn:ietf:params:oauth:grant-type:";
    private static final String TOKEN_TYPES = "urn:ietf:params:oauth:token-type:";

    private final McpClient client;
    private final Browser browser;
    private final String subject;

    ScopeActors(McpRealm realm, String role) {
        String name = role.isEmpty() ? "none" : role;
        realm.clients().create("""
                        {"clientId": "scopes-%s", "secret": "%s", "publicClient": false, "redirectUris": ["%s"],
                         "serviceAccountsEnabled": true, "fullScopeAllowed": false,
                         "defaultClientScopes": ["basic", "mcp:tools", "mail:read"],
                         "optionalClientScopes": ["offline_access", "calendar:read", "calendar:write", "search"],
                         "attributes": {"oauth2.device.authorization.grant.enabled": "true",
                           "standard.token.exchange.enabled": "true"}}
                        """.formatted(name, SECRET, ClientMetadata.LOOPBACK));
        AdminApi.succeeded("POST", "/users", realm.post("/users", """
                        {"username": "user-%s", "enabled": true, "email": "%s@example.com", "firstName": "U",
                         "lastName": "Ser", "credentials": [{"type": "password", "value": "user-%s"}]}
                        """.formatted(name, name, name)));
        if (!role.isEmpty()) {
            String path = "/users/" + realm.userId("user-" + name) + ServerScope.group(realm, role);
            AdminApi.succeeded("PUT", path, realm.put(path, "{}"));
            String account = realm.read(realm.clients().path("scopes-" + name) + "/service-account-user")
                    .path("id")
                    .asText();
            ServerScope.map(realm, "/users/" + account + "/role-mappings/realm", role);
        }
        client = McpClient.of(realm).identifiedBy("scopes-" + name, SECRET, ClientMetadata.LOOPBACK);
        browser = Browser.of("user-" + name);
        subject = client.obtain(browser, client.authorization().resource(ServerScope.PLAIN))
                .accessToken();
    }

    /** Asks for a token for a server; empty for no scope in particular. */
    Answer ask(Way way, String server, String scope) {
        return switch (way) {
            case CODE -> code(server, scope);
            case OFFLINE -> code(server, (scope + " offline_access").strip());
            case PUSHED -> pushed(server, scope);
            case DEVICE -> device(server, scope);
            case EXCHANGE ->
                Answer.of(client.token(scoped(Form.of("grant_type", GRANT_TYPES + "token-exchange"), scope)
                        .with("subject_token", subject)
                        .with("subject_token_type", TOKEN_TYPES + "access_token")
                        .with("resource", server)));
            case CREDENTIALS -> Answer.of(client.clientCredentials(scope, server));
        };
    }

    TokenReply refresh(String refreshToken) {
        return client.refresh(refreshToken);
    }

    private Answer code(String server, String scope) {
        AuthorizationRequest request = request(server, scope);
        return redeem(request, browser.reach(request));
    }

    /** A user without a role reads so on a page, and goes back to the client. */
    private Answer redeem(AuthorizationRequest request, Page reached) {
        Page page = reached.has("#mcp-no-access") ? browser.press(reached, "back") : reached;
        AuthorizationReply reply = page.answer();
        return reply.hasCode() ? Answer.of(client.redeem(request, reply)) : Answer.refused(reply);
    }

    private Answer pushed(String server, String scope) {
        AuthorizationRequest request = request(server, scope);
        HttpReply pushed = client.push(request);
        if (pushed.statusCode() != 201) {
            return Answer.refused(pushed);
        }
        Form form = Form.of("client_id", client.clientId())
                .with("request_uri", pushed.json().path("request_uri").asText());
        return redeem(request, browser.reach(new AuthorizationRequest(request.endpoint(), form, request.pkce())));
    }

    private Answer device(String server, String scope) {
        Pkce pkce = Pkce.s256();
        HttpReply started = client.post(
                "device_authorization_endpoint",
                scoped(Form.of().with("resource", server), scope)
                        .with("code_challenge", pkce.challenge())
                        .with("code_challenge_method", pkce.method()));
        if (started.statusCode() != 200) {
            return Answer.refused(started);
        }
        Page page = browser.open(
                URI.create(started.json().path("verification_uri_complete").asText()));
        if (page.has("#mcp-no-access")) {
            browser.press(page, "back");
        } else {
            browser.accept(page);
        }
        return Answer.of(client.token(Form.of("grant_type", GRANT_TYPES + "device_code")
                .with("code_verifier", pkce.verifier())
                .with("device_code", started.json().path("device_code").asText())));
    }

    private AuthorizationRequest request(String server, String scope) {
        AuthorizationRequest request = client.authorization().resource(server);
        return scope.isEmpty() ? request : request.scope(scope);
    }

    private static Form scoped(Form form, String scope) {
        return scope.isEmpty() ? form : form.with("scope", scope);
    }
}
