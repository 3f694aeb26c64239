package io.github.keycloakmcp.tests.integration.consent;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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
        assertThat(text(page, "#mcp-scopes")).contains("Use the tools of this MCP server in your name");
        assertThat(text(page, "#mcp-how-long")).contains("Until you sign out, at most 10 hours", "5 minutes");
        assertThat(page.has("#mcp-how-long a[href$=/account/applications]")).isTrue();
        assertThat(page.text()).contains("Nobody has checked who this is").doesNotContain("on this computer");
    }

    @Test
    void aProgramOnTheUsersComputerIsCalledThat() {
        Page page = page(ClientMetadata.unique("Loopback"));
        assertThat(text(page, "#mcp-where dd")).isEqualTo("A program on this computer 127.0.0.1");
        assertThat(page.text()).contains("Any program on this computer could have opened this page");
    }

    @Test
    void aKnownClientIsVerifiedWhereItsMakerReceivesTheAccess() {
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
        assertThat(text(page, "#mcp-who")).contains("Visual Studio Code", "Known name, not proven here");
        assertThat(page.text()).contains("Any program on this computer could have opened this page");
    }

    @Test
    void aProgramWithASchemeOfItsOwnIsNamedByIt() {
        Page page = page(ClientMetadata.unique("Scheme").redirects("helper://mcp/callback"));
        assertThat(text(page, "#mcp-where .mcp-host")).isEqualTo("helper");
        assertThat(page.text()).contains("Any program on this device could have opened this page");
    }

    @Test
    void accessWhileTheUserIsAwayIsSaidToBeThat() {
        McpClient client = nobody.registered(ClientMetadata.unique("Away"));
        Page page = alice.reach(
                client.authorization().resource(SERVER_A).scope("openid profile email mcp:tools offline_access"));
        assertThat(text(page, "#mcp-how-long")).contains("Also while you are away, at most 90 days");
        assertThat(text(page, "#mcp-scopes"))
                .contains("Keep the access while you are away", "See your name", "See your e-mail address");
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
        assertThat(text(page, "#mcp-who")).contains("Made by hand", "Set up by an administrator");
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
        assertThat(text(page, "#mcp-who")).contains("Described", "Not verified", "describes itself on the web site");
        assertThat(text(page, "#mcp-who .mcp-host")).isEqualTo("docs.example");
        assertThat(page.text()).contains("Nobody has checked who this is");
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
        assertThat(text(page, "#mcp-advice")).contains("has not registered", "maker of the program");
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
