package io.github.keycloakmcp.tests.integration.resource;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.McpRealm;

/**
 * Two MCP servers that call each other for a user, the user's client, and an API that is not an MCP server. The scope {@code
 * tools:write} opens both servers and needs the role {@code writer}, which server A has and server B has not.
 */
final class DelegationActors {

    static final String A = McpRealm.SERVER_A;
    static final String B = McpRealm.SERVER_B;

    /** A third MCP server, which calls the API and no MCP server. */
    static final String CALLING = "https://calling.example/mcp";

    /** Not an MCP server; it may call MCP servers. */
    static final String API = "orders-api";

    private static final String SECRET = "secret-of-the-server";
    private static final String TOKEN_TYPES = "urn:ietf:params:oauth:token-type:";

    private final McpRealm realm;
    private final McpClient caller;

    DelegationActors(McpRealm realm) {
        this.realm = realm;
        new Catalogue(realm).declare(A, B, CALLING);
        AdminApi.succeeded("POST", "/roles", realm.post("/roles", "{\"name\": \"writer\"}"));
        for (String scope : new String[] {"tools:write", "tools:extra"}) {
            realm.scopes().create(ServerScope.json(scope, A, B).replace(", \"server-scope\": \"true\"", ""));
        }
        ServerScope.map(realm, realm.scopes().path("tools:write") + "/scope-mappings/realm", "writer");
        makeServer(A, "\"mcp:tools\", \"tools:write\"", "");
        makeServer(B, "\"mcp:tools\", \"tools:write\"", "");
        makeServer(API, "\"mcp:tools\"", "mcp:tools");
        makeServer(CALLING, "\"email\"", "");
        String mappers = realm.clients().path(CALLING) + "/protocol-mappers/models";
        AdminApi.succeeded("POST", mappers, realm.post(mappers, """
                        {"name": "orders", "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper",
                         "config": {"included.client.audience": "%s", "access.token.claim": "true"}}
                        """.formatted(API)));
        ServerScope.map(realm, "/users/" + account(A) + "/role-mappings/realm", "writer");
        realm.clients().create("""
                        {"clientId": "caller", "publicClient": true, "redirectUris": ["%s"],
                         "defaultClientScopes": ["basic", "profile"],
                         "optionalClientScopes": ["mcp:tools", "tools:write", "tools:extra"]}
                        """.formatted(ClientMetadata.LOOPBACK));
        for (String user : new String[] {"writer", "reader"}) {
            AdminApi.succeeded("POST", "/users", realm.post("/users", """
                            {"username": "%s", "enabled": true, "email": "%s@example.com", "firstName": "U",
                             "lastName": "Ser", "credentials": [{"type": "password", "value": "%s"}]}
                            """.formatted(user, user, user)));
        }
        ServerScope.map(realm, "/users/" + realm.userId("writer") + "/role-mappings/realm", "writer");
        caller = McpClient.of(realm).identifiedBy("caller", null, ClientMetadata.LOOPBACK);
    }

    /** A user's token, as the user's client has it. */
    Tokens of(String user, String server, String scope) {
        AuthorizationRequest request = caller.authorization().resource(server).scope(scope);
        AuthorizationReply reply = Browser.of(user).authorize(request);
        return caller.redeem(request, reply).tokens();
    }

    /** A server exchanges a token. */
    TokenReply exchange(String server, String token, Form more) {
        Form form = Form.of("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token", token)
                .with("subject_token_type", TOKEN_TYPES + "access_token");
        for (Form.Field field : more.fields()) {
            form = form.and(field.name(), field.value());
        }
        return server(server).token(form);
    }

    /** A server exchanges a token for one for another MCP server. */
    TokenReply exchangeFor(String server, String token, String resource) {
        return exchange(server, token, Form.of("resource", resource));
    }

    McpClient server(String id) {
        return McpClient.of(realm).identifiedBy(id, SECRET, ClientMetadata.LOOPBACK);
    }

    /** The user id of the service account of a server. */
    String account(String server) {
        return realm.read(realm.clients().path(server) + "/service-account-user")
                .path("id")
                .asText();
    }

    private void makeServer(String id, String scopes, String furtherScopes) {
        realm.clients().create("""
                        {"clientId": "%s", "secret": "%s", "publicClient": false, "standardFlowEnabled": false,
                         "serviceAccountsEnabled": true, "fullScopeAllowed": false,
                         "defaultClientScopes": ["basic", "profile", %s], "optionalClientScopes": ["tools:extra"],
                         "attributes": {"standard.token.exchange.enabled": "true", "mcp.delegation-scopes": "%s",
                           "standard.token.exchange.enableRefreshRequestedTokenType": "SAME_SESSION"}}
                        """.formatted(id, SECRET, scopes, furtherScopes));
    }
}
