package io.github.keycloakmcp.tests.realclients;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;

/** The consent page as a person meets it: in Chromium, with the keyboard, on a phone, in the dark, without scripts. */
@KeycloakTest(
        variables = {
            "MCP_SERVERS=https://weather.example.com/mcp##https://mail.example.com/mcp",
            "MCP_TRUSTED_HOSTS=helper.example"
        })
@ResourceLock(NodeScript.COMPUTER)
class ConsentInBrowserIT {

    private static final String WEATHER = "https://weather.example.com/mcp";
    private static final String MAIL = "https://mail.example.com/mcp";

    private final McpRealm realm;
    private final McpClient nobody;

    ConsentInBrowserIT(McpRealm realm) {
        this.realm = realm;
        this.nobody = McpClient.of(realm);
    }

    @BeforeEach
    void nothingIsConsentedTo() {
        realm.revokeConsents("alice");
    }

    @Test
    void aPersonAllowsDeniesAndIsAskedAgainForAnotherServerAndAfterRevoking() {
        McpClient client = nobody.registered(ClientMetadata.named("Terminal assistant"));
        AuthorizationRequest weather = client.authorization().resource(WEATHER);
        AuthorizationRequest mail = client.authorization().resource(MAIL);
        List<JsonNode> seen = Visit.all(
                Visit.of("Ann", weather).allowing(),
                Visit.of("Ann", weather),
                Visit.of("Ann", mail).denying(),
                Visit.of("Ann", mail).allowing(),
                Visit.of("Ann", mail));
        assertThat(seen.get(0).path("server").asText()).contains(WEATHER);
        assertThat(seen.get(0).path("warnings").toString())
                .contains("This app isn't verified", "Any app on this computer could have opened this page");
        assertThat(seen.get(0).path("answer").has("code")).isTrue();
        assertThat(seen.get(1).has("server")).as("asked again").isFalse();
        assertThat(seen.get(2).path("server").asText()).contains(MAIL);
        assertThat(seen.get(2).path("answer").path("error").asText()).isEqualTo("access_denied");
        assertThat(seen.get(3).path("answer").has("code")).isTrue();
        assertThat(seen.get(4).has("server")).as("asked again").isFalse();

        realm.revokeConsents("alice");
        JsonNode revoked = Visit.all(Visit.of("Ann", weather)).get(0);
        assertThat(revoked.path("server").asText()).contains(WEATHER);
    }

    @Test
    void thePageIsFitForEveryEyeAndHand() {
        McpClient claude =
                nobody.registered(ClientMetadata.named("Claude").redirects("https://claude.ai/api/mcp/auth_callback"));
        McpClient terminal = nobody.registered(ClientMetadata.named("Terminal assistant"));
        McpClient site = nobody.registered(ClientMetadata.named("Helper").redirects("https://helper.example/cb"));
        AuthorizationRequest web = claude.authorization().resource(WEATHER);
        AuthorizationRequest loopback = terminal.authorization().resource(WEATHER);
        AuthorizationRequest unknown =
                site.authorization().resource(MAIL).scope("openid profile email mcp:tools offline_access");
        List<JsonNode> seen = Visit.all(
                Visit.of("desktop", web).photographed(Screenshots.named("consent-verified")),
                Visit.of("phone", loopback).onAPhone().photographed(Screenshots.named("consent-phone")),
                Visit.of("dark", unknown).inTheDark().photographed(Screenshots.named("consent-dark")),
                Visit.of("plain", loopback).withoutScripts().in("de").onAPhone().allowing(),
                Visit.of("fr", unknown).in("fr").inTheDark().onAPhone().denying(),
                Visit.of("ja", unknown).in("ja").onAPhone(),
                Visit.of("es", web).in("es"),
                Visit.of("zh", unknown).in("zh-CN"));
        assertThat(seen).allSatisfy(page -> {
            assertThat(page.path("violations"))
                    .as("%s", page.path("violations"))
                    .isEmpty();
            assertThat(page.path("overflows").asBoolean()).isFalse();
            assertThat(page.path("images").asInt()).isZero();
            assertThat(page.path("outside")).as("%s", page.path("outside")).isEmpty();
            assertThat(page.path("accept")).isEqualTo(page.path("cancel")).isNotEmpty();
            assertThat(Json.texts(page.path("links")))
                    .allMatch(link -> link.endsWith("/account/applications"))
                    .hasSize(1);
        });
        assertThat(seen.get(0).path("background")).isNotEqualTo(seen.get(2).path("background"));
        assertThat(seen.get(3).path("text").asText())
                .contains("Zugriff erlauben?", "Eine Anwendung auf diesem Computer");
        assertThat(seen.get(3).path("answer").has("code")).isTrue();
        assertThat(seen.get(4).path("answer").path("error").asText()).isEqualTo("access_denied");
        assertThat(seen)
                .extracting(page -> page.path("language").asText())
                .containsExactly("en", "en", "en", "de", "fr", "ja", "es", "zh-CN");
    }

    /** With the keyboard, without scripts, on a phone and in other languages; axe-core looks at the boxes, too. */
    @Test
    void scopesAreSelectedByEveryone() {
        realm.scopes().create("""
                {"name": "forecast:delete", "protocol": "openid-connect",
                 "attributes": {"include.in.token.scope": "true", "display.on.consent.screen": "true",
                   "consent.screen.text": "Delete your forecasts", "include.in.openid.provider.metadata": "true"},
                 "protocolMappers": [{"name": "MCP servers", "protocol": "openid-connect",
                   "protocolMapper": "mcp-resource-audience",
                   "config": {"mcp-servers": "%s", "server-scope": "true", "sensitive": "true"}}]}
                """.formatted(WEATHER));
        AuthorizationRequest request = nobody.registered(ClientMetadata.named("Terminal assistant"))
                .authorization()
                .resource(WEATHER)
                .scope("openid forecast:delete");
        List<JsonNode> seen = Visit.all(
                Visit.of("Ann", request).photographed(Screenshots.named("consent-scopes")),
                Visit.of("plain", request).withoutScripts().in("de").onAPhone().allowing(),
                Visit.of("ja", request).in("ja").inTheDark());
        assertThat(seen).allSatisfy(page -> {
            assertThat(page.path("violations"))
                    .as("%s", page.path("violations"))
                    .isEmpty();
            assertThat(page.path("overflows").asBoolean()).isFalse();
        });
        assertThat(seen.get(0).path("text").asText()).contains("Choose what the app may do", "Sensitive");
        assertThat(seen.get(1).path("text").asText()).contains("Sensibel");
        assertThat(seen.get(1).path("answer").path("error").asText()).isEqualTo("access_denied");
    }

    /** The same, for a client that has some of the scopes already and asks for one more. */
    @Test
    void whatWasAllowedBeforeIsListedForEveryone() {
        AdminApi.succeeded("PUT", "/mcp/servers", realm.put("/mcp/servers", """
                {"uri": "%s", "name": "Team mail", "scopes": [{"name": "mail:read", "text": "Read your mail"},
                 {"name": "mail:send", "text": "Send mail in your name", "sensitive": true}]}
                """.formatted(MAIL)));
        AuthorizationRequest first = nobody.registered(ClientMetadata.named("Terminal assistant"))
                .authorization()
                .resource(MAIL)
                .scope("openid mail:read");
        AuthorizationRequest more = first.scope("openid mail:read mail:send");
        List<JsonNode> seen = Visit.all(
                Visit.of("Ann", first).allowing(),
                Visit.of("Ann", more).photographed(Screenshots.named("consent-step-up")),
                Visit.of("plain", more).withoutScripts().in("de").onAPhone(),
                Visit.of("ja", more).in("ja").inTheDark().onAPhone(),
                Visit.of("fr", more).in("fr"),
                Visit.of("es", more).in("es"),
                Visit.of("zh", more).in("zh-CN"));
        assertThat(seen.get(0).path("answer").has("code")).isTrue();
        assertThat(seen.subList(1, seen.size())).allSatisfy(page -> {
            assertThat(page.path("violations"))
                    .as("%s", page.path("violations"))
                    .isEmpty();
            assertThat(page.path("overflows").asBoolean()).isFalse();
        });
        assertThat(seen.subList(1, seen.size()))
                .extracting(page -> page.path("text").asText())
                .satisfiesExactly(
                        text -> assertThat(text)
                                .contains("Already allowed", "Read your mail", "Choose what the app may do"),
                        text -> assertThat(text).contains("Bereits erlaubt"),
                        text -> assertThat(text).contains("許可済み"),
                        text -> assertThat(text).contains("Déjà autorisé"),
                        text -> assertThat(text).contains("Ya permitido"),
                        text -> assertThat(text).contains("已允许"));
    }

    @Test
    void aHostileNameStaysAName() {
        String markup = "</bdi><script>document.title='Verified'</script><h1>Verified</h1><img src=//evil.example/x>";
        realm.clients().create("""
                        {"clientId": "turned", "name": "Ma\\u202ednim revres siht", "publicClient": true,
                         "consentRequired": true, "redirectUris": ["https://admin.example/cb"],
                         "defaultClientScopes": ["basic", "mcp:tools"]}
                        """);
        List<JsonNode> seen = Visit.all(
                Visit.of("Ann", named(markup)).onAPhone(),
                Visit.of("Ann", named("Keycloak Admin \u2713 Verified")),
                Visit.of("Ann", named("W".repeat(255))),
                Visit.of(
                        "Ann",
                        nobody.identifiedBy("turned", null, "https://admin.example/cb")
                                .authorization()
                                .resource(WEATHER)));
        assertThat(seen).allSatisfy(page -> {
            assertThat(page.path("elementsInName").asInt()).isZero();
            assertThat(page.path("nameHeight").asDouble()).isBetween(10.0, 160.0);
            assertThat(page.path("overflows").asBoolean()).isFalse();
            assertThat(page.path("images").asInt()).isZero();
            assertThat(page.path("outside")).isEmpty();
            assertThat(page.path("violations")).isEmpty();
        });
        assertThat(seen.get(0).path("who").asText()).contains("<script>document.title=", "Not verified");
        assertThat(seen.get(1).path("who").asText()).contains("Keycloak Admin", "Not verified", "registered itself");
        assertThat(seen.get(2).path("who").asText())
                .contains("W".repeat(80) + "\u2026")
                .doesNotContain("W".repeat(81));
        assertThat(seen.get(3).path("who").asText())
                .contains("Madnim revres siht")
                .doesNotContain("\u202e");
        assertThat(nobody.register(ClientMetadata.named("x".repeat(5_000)))
                        .reply()
                        .statusCode())
                .as("nothing stores a longer name than 255 characters")
                .isEqualTo(400);
    }

    @Test
    void theErrorPageHelps() {
        McpClient gone = nobody.identifiedBy("gone", null, ClientMetadata.LOOPBACK);
        JsonNode page = Visit.all(Visit.of("Ann", gone.authorization().resource(WEATHER))
                        .onAPhone()
                        .photographed(Screenshots.named("error")))
                .get(0);
        assertThat(page.path("text").asText()).contains("Client not found", "Remove the connection");
        assertThat(page.path("violations")).as("%s", page.path("violations")).isEmpty();
        assertThat(page.path("overflows").asBoolean()).isFalse();
    }

    private AuthorizationRequest named(String name) {
        return nobody.registered(ClientMetadata.named(name).redirects("https://helper.example/cb"))
                .authorization()
                .resource(WEATHER);
    }
}
