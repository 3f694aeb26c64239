package io.github.keycloakmcp.tests.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.TestSettings;

/**
 * The company of {@code realm-config/enterprise}: a realm that issues identity assertions for the authorization server of MCP
 * servers, to one client.
 *
 * @param realm the realm
 * @param audience the issuer of the authorization server
 */
public record CompanyRealm(McpRealm realm, URI audience) implements AutoCloseable {

    /** The type of an ID token. */
    public static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";

    /** The type of a refresh token. */
    public static final String REFRESH_TOKEN = "urn:ietf:params:oauth:token-type:refresh_token";

    /** Its client for the authorization server. */
    public static final String TARGET = "mcp-authorization-server";

    /** Its MCP client. */
    public static final String ASSISTANT = "assistant";

    /** The MCP client where it redeems assertions. */
    public static final String ASSISTANT_THERE = "assistant-of-the-company";

    /** The secret of the MCP client there. */
    public static final String SECRET_THERE = "assistant-at-the-mcp-realm";

    /** The redirect URI of the MCP client. */
    public static final String REDIRECT = "http://127.0.0.1/callback";

    /** Makes it on a server, for the authorization server {@code mcp}. */
    public static CompanyRealm on(KeycloakServer server, McpRealm mcp) {
        return on(server, mcp, McpRealm.SERVER_A, McpRealm.SERVER_B);
    }

    /** The same for two other MCP servers. */
    public static CompanyRealm on(KeycloakServer server, McpRealm mcp, String a, String b) {
        RealmTemplate template = RealmTemplate.of(file("company-realm.json"));
        Map<String, String> values =
                Map.of("MCP_ISSUER", mcp.issuer().toString(), "MCP_SERVER_A", a, "MCP_SERVER_B", b);
        return new CompanyRealm(
                McpRealm.create(server, template.resolved(values), "company-" + mcp.name()), mcp.issuer());
    }

    /** Makes the MCP realm trust it. */
    public CompanyRealm trustedBy(McpRealm mcp) {
        RealmTemplate template = RealmTemplate.of(file("mcp-trust.json"));
        Map<String, String> values = Map.of("COMPANY_ISSUER", realm.issuer().toString());
        AdminApi.succeeded("POST", "/partialImport", mcp.post("/partialImport", template.resolved(values)));
        return this;
    }

    /** Its MCP client. */
    public McpClient assistant() {
        return McpClient.of(realm).identifiedBy(ASSISTANT, "assistant-at-the-company", REDIRECT);
    }

    /** The login of a user whose password is the name. */
    public Tokens login(String user, String scope) {
        return assistant()
                .token(Form.of("grant_type", "password", "username", user, "password", user, "scope", scope))
                .tokens();
    }

    /** The ID token of a login. */
    public String idToken(String user) {
        return login(user, "openid").response().path("id_token").asText();
    }

    /** The request for an assertion; what a test has to change, it changes. */
    public Form exchange(String type, String token) {
        return Form.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "requested_token_type",
                "urn:ietf:params:oauth:token-type:id-jag",
                "subject_token_type",
                type,
                "subject_token",
                token,
                "audience",
                audience.toString());
    }

    /** The assertion for a user, with more parameters. */
    public String assertion(String user, String... more) {
        Form form = exchange(ID_TOKEN, idToken(user));
        for (int i = 0; i < more.length; i += 2) {
            form = form.with(more[i], more[i + 1]);
        }
        TokenReply reply = assistant().token(form);
        reply.expect(200);
        return reply.json().path("access_token").asText();
    }

    /** Ends the login of a token at the company, as a user does who logs out. */
    public void logOut(Tokens login) {
        String path = "/sessions/" + login.claim("sid");
        AdminApi.succeeded("DELETE", path, realm.delete(path));
    }

    @Override
    public void close() {
        realm.close();
    }

    private static String file(String name) {
        Path path = TestSettings.realmConfig().resolve("enterprise").resolve(name);
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
