package io.github.keycloakmcp.tests.integration.consent;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_A;
import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What stands on the consent page and on the error page. */
@KeycloakTest(variables = {"MCP_TRUSTED_HOSTS=helper.example", "MCP_PRIVATE_USE_SCHEMES=helper"})
class ConsentPageIT {

    private final McpRealm realm;
    private final McpClient nobody;
    private final Browser alice = Browser.of("alice");

    ConsentPageIT(McpRealm realm) {
        this.realm = realm;
        this.nobody = McpClient.of(realm);
    }

    @Test
    void itSaysWhoAsksAndWhereTheAccessGoesAndForWhat() {
        Page page = page(ClientMetadata.unique("Helper").redirects("https://helper.example/cb"));
        assertThat(text(page, "#mcp-who")).contains("Helper", "Not verified", "registered itself", "ago");
        assertThat(text(page, "#mcp-where .mcp-host")).isEqualTo("helper.example");
        assertThat(text(page, "#mcp-server")).contains(SERVER_A);
        assertThat(text(page, "#mcp-scopes")).contains("Use the tools of this MCP server on your behalf");
        assertThat(text(page, "#mcp-how-long")).contains("Until you sign out, for up to 10 hours", "5 minutes");
        assertThat(page.has("#mcp-how-long a[href$=/account/applications]")).isTrue();
        assertThat(page.text()).contains("This app isn't verified").doesNotContain("on this computer");
    }

    @Test
    void aProgramOnTheUsersComputerIsCalledThat() {
        Page page = page(ClientMetadata.unique("Loopback"));
        assertThat(text(page, "#mcp-where dd")).isEqualTo("An app on this computer 127.0.0.1");
        assertThat(page.text()).contains("Any app on this computer could have opened this page");
    }

    @Test
    void aKnownClientIsVerifiedWhereItsVendorReceivesTheAccess() {
        Page page = page(ClientMetadata.named("Claude").redirects("https://claude.ai/api/mcp/auth_callback"));
        assertThat(text(page, "#mcp-who")).contains("Claude", "Verified").doesNotContain("Not verified");
        assertThat(text(page, "#mcp-where .mcp-host")).isEqualTo("claude.ai");
        assertThat(page.has(".mcp-warning")).isFalse();
    }

    @Test
    void aKnownClientIsNotVerifiedWhereAnyProgramOfTheUserReceivesTheAccess() {
        McpClient editor = nobody.registered(ClientMetadata.named("Visual Studio Code")
                .redirects("http://127.0.0.1/", "https://vscode.dev/redirect"));
        Page page = alice.reach(
                editor.authorization().redirectUri("http://127.0.0.1:4711/").resource(SERVER_A));
        assertThat(text(page, "#mcp-who")).contains("Visual Studio Code", "Known name, not verified here");
        assertThat(page.text()).contains("Any app on this computer could have opened this page");
    }

    @Test
    void aProgramWithASchemeOfItsOwnIsNamedByIt() {
        Page page = page(ClientMetadata.unique("Scheme").redirects("helper://mcp/callback"));
        assertThat(text(page, "#mcp-where .mcp-host")).isEqualTo("helper");
        assertThat(page.text()).contains("Any app on this device could have opened this page");
    }

    @Test
    void accessWhileTheUserIsAwayIsSaidToBeThat() {
        McpClient client = nobody.registered(ClientMetadata.unique("Away"));
        Page page = alice.reach(
                client.authorization().resource(SERVER_A).scope("openid profile email mcp:tools offline_access"));
        assertThat(text(page, "#mcp-how-long")).contains("Even while you're away, for up to 90 days");
        assertThat(text(page, "#mcp-scopes"))
                .contains("Keep access while you're away", "See your name", "See your email address");
    }

    @Test
    void anAdministratorsClientIsSaidToBeOneAndAServerHasItsName() {
        realm.clients().create("""
                        {"clientId": "%s", "name": "Weather", "standardFlowEnabled": false}
                        """.formatted(SERVER_B));
        realm.clients().create("""
                        {"clientId": "made", "name": "Made by hand", "publicClient": true, "consentRequired": true,
                         "redirectUris": ["https://xn--bcher-kva.example/cb"],
                         "defaultClientScopes": ["basic", "mcp:tools"]}
                        """);
        McpClient made = nobody.identifiedBy("made", null, "https://xn--bcher-kva.example/cb");
        Page page = alice.reach(made.authorization().resource(SERVER_B));
        assertThat(text(page, "#mcp-who")).contains("Made by hand", "Added by an administrator");
        assertThat(text(page, "#mcp-where .mcp-host")).isEqualTo("xn--bcher-kva.example");
        assertThat(text(page, "#mcp-server")).contains("Weather", SERVER_B);
        assertThat(page.has(".mcp-warning")).isFalse();
    }

    @Test
    void itsStyleSheetIsThere() {
        Page page = page(ClientMetadata.unique("Styles"));
        URI styles = URI.create(page.document().select("link[href$=mcp.css]").attr("abs:href"));
        assertThat(alice.open(styles).status()).isEqualTo(200);
    }

    @Test
    void aClientWithAMetadataDocumentIsSaidToDescribeItselfThere() {
        String document = "https://docs.example/client.json";
        realm.clients().create("""
                        {"clientId": "%s", "name": "Described", "publicClient": true, "consentRequired": true,
                         "redirectUris": ["http://127.0.0.1:33418/callback"],
                         "defaultClientScopes": ["basic", "mcp:tools"], "attributes": {"mcp.registered": "1700000000"}}
                        """.formatted(document));
        McpClient described = nobody.identifiedBy(document, null, ClientMetadata.LOOPBACK);
        Page page = alice.reach(described.authorization().resource(SERVER_A));
        assertThat(text(page, "#mcp-who")).contains("Described", "Not verified", "Described by a document on");
        assertThat(text(page, "#mcp-who .mcp-host")).isEqualTo("docs.example");
        assertThat(page.text()).contains("This app isn't verified");
    }

    /** What a user has to know before consenting, in law too: none of it is lost where the realm has this theme. */
    @Test
    void aClientOutsideMcpKeepsTheLogoAndTheLinksOfKeycloaksOwnPage() {
        realm.clients().create("""
                        {"clientId": "shop", "name": "Shop", "publicClient": true, "consentRequired": true,
                         "redirectUris": ["https://shop.example/cb"], "defaultClientScopes": ["basic", "profile"],
                         "attributes": {"logoUri": "https://shop.example/logo.png", "tosUri": "https://shop.example/terms",
                                        "policyUri": "https://shop.example/privacy"}}
                        """);
        McpClient shop = nobody.identifiedBy("shop", null, "https://shop.example/cb");
        Page page = alice.reach(shop.authorization().scope("openid profile"));
        realm.update("{\"loginTheme\": \"keycloak.v2\"}");
        try {
            Page keycloaks = Browser.of("bob").reach(shop.authorization().scope("openid profile"));
            assertThat(page.has("#mcp-who")).isFalse();
            assertThat(page.has("img[src=https://shop.example/logo.png]")).isTrue();
            assertThat(attributes(page, "#kc-oauth a", "href"))
                    .containsExactly("https://shop.example/terms", "https://shop.example/privacy");
            assertThat(shape(page)).isEqualTo(shape(keycloaks));
        } finally {
            realm.update("{\"loginTheme\": \"mcp\"}");
        }
    }

    @Test
    void whatASelfRegisteredClientSaysOfItsLogoAndLinksIsNotShown() {
        realm.clients().create("""
                        {"clientId": "itself", "name": "Itself", "publicClient": true, "consentRequired": true,
                         "redirectUris": ["http://127.0.0.1/"], "defaultClientScopes": ["basic", "profile"],
                         "attributes": {"mcp.registered": "1700000000", "logoUri": "https://itself.example/logo.png",
                                        "tosUri": "https://itself.example/terms"}}
                        """);
        McpClient itself = nobody.identifiedBy("itself", null, "http://127.0.0.1:4711/");
        Page page = alice.reach(itself.authorization().scope("openid profile"));
        assertThat(page.isConsent()).as(page.text()).isTrue();
        assertThat(page.document().html()).doesNotContain("itself.example");
    }

    /**
     * Everything that a consent page of Keycloak's consists of, but for the words of the scopes and the width of the
     * buttons, which Keycloak changed in 26.7.
     */
    private static List<List<String>> shape(Page page) {
        return List.of(
                page.document().select("h1, #kc-oauth h3, #kc-oauth button").eachText(),
                attributes(page, "main img", "src"),
                attributes(page, "#kc-oauth a", "href"),
                attributes(page, "#kc-oauth button", "class").stream()
                        .map(classes -> classes.replace(" pf-m-block", ""))
                        .toList(),
                attributes(page, "#kc-oauth button", "name"),
                attributes(page, "#kc-oauth ul", "class"),
                attributes(page, "#kc-oauth form", "class"),
                List.of(String.valueOf(page.document().select("#kc-oauth li").size())));
    }

    private static List<String> attributes(Page page, String selector, String name) {
        return page.document().select(selector).stream()
                .map(element ->
                        String.join(" ", element.attr(name).split("\\s+")).trim())
                .toList();
    }

    /** The theme of an administrator: a parent of Keycloak's, and the one file that the documentation says to copy. */
    @Test
    void aRealmsOwnThemeTakesThePageByCopyingOneFile(KeycloakServer server) throws IOException {
        assumeThat(server).isInstanceOf(DistributionKeycloak.class);
        Path theme = ((DistributionKeycloak) server).home().resolve("themes/own/login");
        Files.createDirectories(theme);
        Files.writeString(theme.resolve("theme.properties"), "parent=keycloak.v2\nimport=common/keycloak\n");
        Files.copy(
                TestSettings.realmConfig().resolveSibling("themes/mcp/login/login-oauth-grant.ftl"),
                theme.resolve("login-oauth-grant.ftl"),
                StandardCopyOption.REPLACE_EXISTING);
        realm.update("{\"loginTheme\": \"own\"}");
        try {
            Page page = page(ClientMetadata.unique("Own theme"));
            assertThat(text(page, "#mcp-who")).contains("Own theme", "Not verified");
            URI styles =
                    URI.create(page.document().select("link[href$=mcp.css]").attr("abs:href"));
            assertThat(alice.open(styles).status()).isEqualTo(200);
        } finally {
            realm.update("{\"loginTheme\": \"mcp\"}");
        }
    }

    @Test
    void aRegistrationThatIsGoneIsExplained() {
        Page page = alice.open(nobody.identifiedBy("gone", null, ClientMetadata.LOOPBACK)
                .authorization()
                .uri());
        assertThat(page.status()).isEqualTo(400);
        assertThat(text(page, "#mcp-advice")).contains("Remove the connection", "administrator");
    }

    @Test
    void aRedirectThatIsNotRegisteredIsExplained() {
        McpClient client = nobody.registered(ClientMetadata.unique("Elsewhere"));
        Page page = alice.open(client.authorization()
                .redirectUri("https://evil.example/cb")
                .resource(SERVER_A)
                .uri());
        assertThat(page.status()).isEqualTo(400);
        assertThat(text(page, "#mcp-advice")).contains("isn't registered", "vendor of the app");
    }

    private Page page(ClientMetadata metadata) {
        Page page = alice.reach(nobody.registered(metadata).authorization().resource(SERVER_A));
        assertThat(page.isConsent()).as(page.text()).isTrue();
        return page;
    }

    private static String text(Page page, String selector) {
        return page.document().select(selector).text();
    }
}
