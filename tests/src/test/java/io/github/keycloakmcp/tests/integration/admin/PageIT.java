package io.github.keycloakmcp.tests.integration.admin;

import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The admin page from outside: there only where it was switched on, strict, and with a login that is worth little else. */
@KeycloakTest(demo = false)
class PageIT extends InStockRealm {

    private static final List<String> FILES = List.of(
            "",
            "page.css",
            "dark.js",
            "page.js",
            "session.js",
            "elements.js",
            "diagnosis.js",
            "servers.js",
            "clients.js");

    private static final String SETTINGS = "settings.json";

    private String page;

    @BeforeAll
    void make() {
        page = realm.issuer() + "/mcp-admin/";
        StockRealm.grant(realm, "chief", "realm-admin");
    }

    @BeforeEach
    void switchOn() {
        AdminApi.succeeded("PUT", "/mcp/page", realm.put("/mcp/page", ""));
    }

    @Test
    void isThereOnlyWhereItWasSwitchedOn() {
        assertThat(realm.read("/mcp/page").path("url").asText()).isEqualTo(page);
        assertThat(get("").statusCode()).isEqualTo(200);
        AdminApi.succeeded("DELETE", "/mcp/page", realm.delete("/mcp/page"));
        assertThat(get("").statusCode()).isEqualTo(404);
        assertThat(get("page.js").statusCode()).isEqualTo(404);
        assertThat(get(SETTINGS).statusCode()).isEqualTo(404);
        assertThat(realm.read("/mcp/page").path("enabled").asBoolean()).isFalse();
    }

    @Test
    void switchingItOnEnablesADisabledClientAgain() {
        realm.edit(realm.clients().path("mcp-admin-page"), client -> client.put("enabled", false));
        assertThat(realm.read("/mcp/page").path("enabled").asBoolean()).isFalse();
        AdminApi.succeeded("PUT", "/mcp/page", realm.put("/mcp/page", ""));
        assertThat(get("").statusCode()).isEqualTo(200);
        realm.edit(realm.clients().path("mcp-admin-page"), client -> client.put("enabled", false));
        AdminApi.succeeded("DELETE", "/mcp/page", realm.delete("/mcp/page"));
        assertThat(realm.clients().contains("mcp-admin-page")).isFalse();
    }

    @Test
    void aClientOfThatIdThatAnAdministratorMadeStays() {
        AdminApi.succeeded("DELETE", "/mcp/page", realm.delete("/mcp/page"));
        realm.clients().create("""
                {"clientId": "mcp-admin-page", "publicClient": true, "redirectUris": ["https://own.example.com/cb"]}
                """);
        assertThat(realm.put("/mcp/page", "").statusCode()).isEqualTo(409);
        AdminApi.succeeded("DELETE", "/mcp/page", realm.delete("/mcp/page"));
        assertThat(realm.clients().contains("mcp-admin-page")).isTrue();
        realm.clients().delete("mcp-admin-page");
    }

    @Test
    void leavingRemovesItAsWell() {
        realm.delete("/mcp");
        assertThat(get("").statusCode()).isEqualTo(404);
        assertThat(realm.clients().contains("mcp-admin-page")).isFalse();
    }

    @Test
    void loadsNothingFromElsewhereAndLetsNobodyFrameIt() {
        for (String file : FILES) {
            HttpReply reply = get(file);
            assertThat(header(reply, "Content-Security-Policy"))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(header(reply, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(reply, "Cache-Control")).isEqualTo("no-store");
            assertThat(reply.body()).doesNotContain("innerHTML", "eval(", "style=", "http://");
        }
        assertThat(header(get(""), "Content-Security-Policy")).contains("connect-src 'self';");
        assertThat(get("index.html").statusCode()).isEqualTo(404);
        assertThat(get("other").statusCode()).isEqualTo(404);
        assertThat(get("..%2Fmcp-realm.json").statusCode()).isIn(400, 404);
        assertThat(Http.plain().get(URI.create(realm.issuer() + "/mcp-admin")).statusCode())
                .isEqualTo(303);
    }

    @Test
    void keycloakServesItsStyleSheet() {
        Matcher sheet = Pattern.compile("href=\"([^\"]*patternfly[^\"]*)\"").matcher(get("").body());
        assertThat(sheet.find()).isTrue();
        HttpReply reply = Http.plain().get(URI.create(page).resolve(sheet.group(1)));
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).contains(".pf-v5-c-table", ".pf-v5-theme-dark");
    }

    @ParameterizedTest
    @CsvSource({
        "en, MCP servers",
        "de, MCP-Server",
        "es, Servidores MCP",
        "fr, Serveurs MCP",
        "ja, MCPサーバー",
        "zh-CN, MCP 服务器"
    })
    void speaksTheLanguagesOfTheRealm(String language, String servers) {
        realm.update("""
                {"internationalizationEnabled": true, "supportedLocales": ["en", "de", "es", "fr", "ja", "zh-CN"]}
                """);
        Http browser = Http.plain().with("Accept-Language", language);
        JsonNode settings = Json.parse(browser.get(URI.create(page + SETTINGS)).body());
        assertThat(settings.path("language").asText()).isEqualTo(language);
        assertThat(settings.path("texts").path("servers").asText()).isEqualTo(servers);
        assertThat(browser.get(URI.create(page)).body()).contains("lang=\"" + language + "\"");
    }

    @Test
    void aRealmWithoutDarkModeHasALightPage() {
        assertThat(get("").body()).contains("data-dark=\"true\"");
        realm.update("{\"attributes\": {\"darkMode\": \"false\"}}");
        assertThat(get("").body()).contains("data-dark=\"false\"");
        realm.update("{\"attributes\": {\"darkMode\": \"true\"}}");
    }

    @Test
    void itsTokensCarryTheRolesThatItNeedsAndAreNotRefreshed() {
        McpClient client = McpClient.of(realm).identifiedBy("mcp-admin-page", null, page);
        AuthorizationRequest request = client.authorization().scope("openid");
        Form code = Form.of("grant_type", "authorization_code", "code", landedWith(request, "code"))
                .with("redirect_uri", page)
                .with("code_verifier", request.pkce().verifier());
        Tokens tokens = client.token(code).tokens();
        JsonNode roles = tokens.access()
                .claims()
                .path("resource_access")
                .path("realm-management")
                .path("roles");
        assertThat(Json.texts(roles))
                .contains("view-realm", "manage-clients", "view-events", "view-users")
                .doesNotContain("realm-admin", "manage-users", "impersonation", "manage-identity-providers");
        assertThat(tokens.refreshToken()).isEmpty();
    }

    @Test
    void itsLoginNeedsPkceAndGoesToThePageOnly() {
        McpClient client = McpClient.of(realm).identifiedBy("mcp-admin-page", null, page);
        assertThat(landedWith(client.authorization().pkce(Pkce.none()), "error"))
                .isEqualTo("invalid_request");
        assertThat(Http.plain()
                        .get(client.authorization().redirectUri(page + "other").uri())
                        .statusCode())
                .isEqualTo(400);
    }

    /** The page is on the server itself, so a browser follows the redirect; the parameter is in the address it ends at. */
    private static String landedWith(AuthorizationRequest request, String parameter) {
        String address =
                new Browser("chief", "chief").reach(request).reply().uri().toString();
        Matcher value = Pattern.compile("[?&]" + parameter + "=([^&]+)").matcher(address);
        assertThat(value.find()).as(address).isTrue();
        return value.group(1);
    }

    private HttpReply get(String file) {
        return Http.plain().get(URI.create(page + file));
    }

    private static String header(HttpReply reply, String name) {
        return reply.headers().firstValue(name).orElse("");
    }
}
