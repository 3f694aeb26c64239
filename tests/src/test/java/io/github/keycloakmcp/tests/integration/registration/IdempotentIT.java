package io.github.keycloakmcp.tests.integration.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A public client that registers what another has registered is that client. */
@KeycloakTest
class IdempotentIT {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final ClientMetadata metadata = ClientMetadata.named("Program " + NUMBER.incrementAndGet())
            .redirects("http://localhost:4711/callback", "http://127.0.0.1:4711/callback")
            .with("client_uri", "https://program.example");

    @Test
    void theSameMetadataIsTheSameClient(McpRealm realm) {
        Registration first = registered(realm, metadata);
        int clients = realm.clients().ids().size();
        realm.clearEvents();
        Registration second = registered(realm, metadata);
        assertThat(second.clientId()).isEqualTo(first.clientId());
        assertThat(realm.clients().ids()).hasSize(clients);
        assertThat(second.redirectUris()).containsExactlyInAnyOrderElementsOf(first.redirectUris());
        assertThat(told(second)).isEqualTo(told(first));
        assertThat(realm.events("CLIENT_REGISTER")).singleElement().satisfies(event -> {
            assertThat(event.clientId()).contains(first.clientId());
            assertThat(event.details()).containsEntry("mcp_shared", "true");
        });
    }

    @Test
    void orderPortsUnknownMembersAndVersionsAreIrrelevant(McpRealm realm) {
        String id = registered(realm, metadata).clientId();
        Registration other = registered(
                realm,
                metadata.redirects("http://127.0.0.1:61234/callback", "http://localhost:61234/callback")
                        .with("grant_types", List.of("refresh_token", "authorization_code"))
                        .with("software_version", "2.0")
                        .with("application_type", "native")
                        .with("x", "unknown")
                        .scope("mcp:tools nonsense")
                        .without("token_endpoint_auth_method"));
        assertThat(other.clientId()).isEqualTo(id);
        assertThat(other.redirectUris())
                .as("its own ports")
                .containsExactlyInAnyOrder(
                        "http://127.0.0.1:61234/callback",
                        "http://127.0.0.1/callback",
                        "http://localhost:61234/callback",
                        "http://localhost/callback");
        assertThat(other.scopes()).containsExactly("mcp:tools");
        assertThat(realm.clients().get(id).toString()).doesNotContain("61234");
    }

    @ParameterizedTest
    @CsvSource({
        "client_name, '\"Another\"'",
        "redirect_uris, '[\"http://localhost:4711/other\", \"http://127.0.0.1:4711/callback\"]'",
        "redirect_uris, '[\"http://localhost:4711/callback\"]'",
        "client_uri, '\"https://other.example\"'",
        "logo_uri, '\"https://program.example/logo.png\"'",
        "post_logout_redirect_uris, '[\"http://localhost/out\"]'",
        "grant_types, '[\"authorization_code\"]'",
        "dpop_bound_access_tokens, true"
    })
    void everythingThatDecidesHowAClientBehavesIsRelevant(String member, String value, McpRealm realm) {
        Registration first = registered(realm, metadata);
        Registration other = registered(realm, metadata.with(member, Json.parse(value)));
        assertThat(other.clientId()).isNotEqualTo(first.clientId());
        McpClient.of(realm).readRegistration(first).expect(200);
        McpClient.of(realm).readRegistration(other).expect(200);
    }

    @Test
    void aProgramInABrowserKeepsItsPort(McpRealm realm) {
        UnaryOperator<ClientMetadata> on = data -> data.with("client_name", "Browser program");
        McpClient browser = McpClient.of(realm).sending("Origin", "http://localhost:6274");
        Registration first = browser.register(on.apply(metadata.redirects("http://localhost:6274/callback")));
        Registration same = browser.register(on.apply(metadata.redirects("http://localhost:6274/callback")));
        Registration other = browser.register(on.apply(metadata.redirects("http://localhost:6275/callback")));
        assertThat(same.clientId()).isEqualTo(first.clientId());
        assertThat(other.clientId()).isNotEqualTo(first.clientId());
        assertThat(Json.texts(realm.clients().get(other.clientId()).path("webOrigins")))
                .contains("http://localhost:6275");
    }

    @Test
    void manyAtOnceAreAllAnsweredAndLeaveFewClients(McpRealm realm) {
        Set<String> before = Set.copyOf(realm.clients().ids());
        List<CompletableFuture<Registration>> running = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            running.add(CompletableFuture.supplyAsync(() -> McpClient.of(realm).register(metadata)));
        }
        List<Registration> answers =
                running.stream().map(CompletableFuture::join).toList();
        assertThat(answers).allSatisfy(answer -> answer.expect(201));
        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(realm.clients().contains(answer.clientId())).isTrue());
        List<String> made = realm.clients().ids().stream()
                .filter(id -> !before.contains(id))
                .toList();
        assertThat(made).hasSizeLessThanOrEqualTo(12);
        Registration last = registered(realm, metadata);
        assertThat(made).contains(last.clientId());
    }

    @Test
    void twoRealmsShareNothing(McpRealm realm) {
        String id = registered(realm, metadata).clientId();
        try (McpRealm neighbour = Shells.shipped(realm.server(), realm.name() + "-neighbour")) {
            assertThat(registered(neighbour, metadata).clientId()).isNotEqualTo(id);
        }
    }

    @Test
    void withTheSettingOffEveryRegistrationIsAClientOfItsOwn(McpRealm realm) {
        with(realm, "false", () -> {
            Registration first = registered(realm, metadata);
            Registration second = registered(realm, metadata);
            assertThat(second.clientId()).isNotEqualTo(first.clientId());
            assertThat(first.clientId()).doesNotStartWith("mcp-");
            McpClient.of(realm).readRegistration(first).expect(200);
            McpClient.of(realm).readRegistration(second).expect(200);
        });
    }

    @Test
    void aClientOnANewPortUsesTheClientOfItsFirstOne(McpRealm realm) {
        String id = registered(realm, metadata).clientId();
        String redirect = "http://localhost:50123/callback";
        Registration later = registered(realm, metadata.redirects(redirect, "http://127.0.0.1:50123/callback"));
        assertThat(later.clientId()).isEqualTo(id);
        McpClient client = McpClient.of(realm).identifiedBy(id, null, redirect);
        assertThat(client.obtain(Browser.of("alice"), client.authorization().resource(McpRealm.SERVER_A))
                        .accessToken())
                .isNotNull();
    }

    /** What both parties are told alike, without lists that have no order. */
    private static JsonNode told(Registration answer) {
        return Json.parseObject(answer.json().toString())
                .remove(List.of(
                        "registration_access_token",
                        "registration_client_uri",
                        "client_id_issued_at",
                        "redirect_uris",
                        "post_logout_redirect_uris"));
    }

    private static Registration registered(McpRealm realm, ClientMetadata metadata) {
        Registration answer = McpClient.of(realm).register(metadata);
        answer.expect(201);
        return answer;
    }

    /** Runs something while the setting has another value. */
    private static void with(McpRealm realm, String value, Runnable body) {
        realm.setRegistration("idempotent", value);
        try {
            body.run();
        } finally {
            realm.setRegistration("idempotent", "true");
        }
    }
}
