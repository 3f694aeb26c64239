package io.github.keycloakmcp.tests.integration.fieldcases;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.integration.admin.Diagnosis;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What real clients send, from registration to refresh: each gets its token, or a refusal that names the fault. */
@KeycloakTest(demo = false)
class FieldFlowsIT {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.github.keycloakmcp.tests.integration.fieldcases.FieldCase#all")
    void endsAsItShould(FieldCase test, McpRealm neighbour) {
        try (McpRealm realm =
                FieldRealm.create(neighbour, "case" + COUNT.incrementAndGet(), test.get("scopes"), test.enable())) {
            McpClient client = McpClient.of(realm);
            if (test.has("offered")) {
                assertThat(client.server().list("scopes_supported"))
                        .containsOnlyOnce(test.get("offered").path("once").asText());
            }
            Registration registration = client.register(test.registration());
            FieldCase now = test;
            if (test.has("rejected")) {
                JsonNode rejected = test.get("rejected");
                ErrorAssertion.assertRefused(
                                registration, rejected.path("status").asInt())
                        .hasError(rejected.path("error").asText())
                        .saying(rejected.path("says").asText());
                if (!test.has("fix")) {
                    return;
                }
                explains(test, realm);
                now = follow(test, realm);
                registration = client.register(test.registration());
            }
            registration.expect(201);
            checkRegistered(test.get("registered"), registration);
            authorize(now, realm, registration);
            if (test.has("found")) {
                Diagnosis.of(realm, "").names(test.get("found").path("id").asText(), words(test.get("found")));
            }
        }
    }

    private static void authorize(FieldCase test, McpRealm realm, Registration registration) {
        McpClient client = McpClient.of(realm).identifiedBy(registration);
        AuthorizationRequest request = request(test, client);
        if (test.has("refused") || test.has("page")) {
            refused(test, Browser.of("alice").open(request.uri()));
            explains(test, realm);
            if (test.has("fix")) {
                authorize(follow(test, realm), realm, registration);
            }
            return;
        }
        AuthorizationReply reply = Browser.of("alice").authorize(request);
        reply.check(request, client.server().issuer());
        Tokens tokens = token(test, client, registration, client.codeForm(request, reply))
                .tokens();
        check(test.get("issued"), tokens);
        if (test.has("notRefreshed")) {
            ErrorAssertion.assertRefused(
                            token(test, client, registration, refresh(test.get("notRefreshed"), tokens)), 400)
                    .hasError(test.get("notRefreshed").path("error").asText());
        }
        if (test.has("refresh")) {
            Form form = refresh(test.get("refresh"), tokens);
            check(test.get("refreshed"), token(test, client, registration, form).tokens());
        }
    }

    private static void refused(FieldCase test, Page page) {
        if (test.has("page")) {
            assertThat(page.status()).isEqualTo(test.get("page").path("status").asInt());
            assertThat(page.text()).contains(test.get("page").path("says").asText());
        } else {
            ErrorAssertion.assertRefused(page.answer())
                    .hasError(test.get("refused").path("error").asText())
                    .saying(test.get("refused").path("says").asText());
        }
    }

    private static void explains(FieldCase test, McpRealm realm) {
        Diagnosis.of(realm, "")
                .explainsLastRefusal(test.get("explained").path("id").asText(), words(test.get("explained")));
    }

    /** Does what diagnosis advises. */
    private static FieldCase follow(FieldCase test, McpRealm realm) {
        test.get("fix").path("scopes").forEach(scope -> FieldRealm.add(realm, scope));
        if (test.get("fix").has("enable")) {
            FieldRealm.enable(realm, test.get("fix").path("enable").toString());
        }
        return test.advised();
    }

    private static Form refresh(JsonNode refresh, Tokens tokens) {
        Form form = Form.of("grant_type", "refresh_token", "refresh_token", tokens.refresh());
        for (String member : List.of("scope", "resource", "audience")) {
            form = refresh.has(member) ? form.with(member, refresh.path(member).asText()) : form;
        }
        return form;
    }

    private static AuthorizationRequest request(FieldCase test, McpClient client) {
        AuthorizationRequest request = client.authorization().resource(test.resources());
        JsonNode authorize = test.get("authorize");
        if (authorize.has("scope")) {
            request = request.scope(authorize.path("scope").asText());
        }
        if (authorize.has("prompt")) {
            request = request.prompt(authorize.path("prompt").asText());
        }
        if (authorize.has("redirect")) {
            request = request.redirectUri(authorize.path("redirect").asText());
        }
        if (authorize.has("audience")) {
            request = request.with("audience", authorize.path("audience").asText());
        }
        return authorize.path("pkce").asBoolean(true) ? request : request.pkce(Pkce.none());
    }

    private static TokenReply token(FieldCase test, McpClient client, Registration registration, Form form) {
        if (test.get("authenticate").asText().equals("post")) {
            Form posted = form.with("client_id", registration.clientId())
                    .with("client_secret", registration.clientSecret().orElseThrow());
            return new TokenReply(client.http().post(client.server().tokenEndpoint(), posted));
        }
        return client.token(
                test.get("authenticate").asText().equals("basic and id")
                        ? form.with("client_id", registration.clientId())
                        : form);
    }

    private static void check(JsonNode expected, Tokens tokens) {
        TokenAssertion.assertThat(tokens)
                .isFor(Json.texts(expected.path("aud")).toArray(String[]::new))
                .isOf("alice");
        List<String> scopes = Json.texts(expected.path("scopes"));
        if (!scopes.isEmpty()) {
            TokenAssertion.assertThat(tokens).hasScopes(scopes.toArray(String[]::new));
        }
        List<String> lacks = Json.texts(expected.path("lacks"));
        if (!lacks.isEmpty()) {
            TokenAssertion.assertThat(tokens).lacksScopes(lacks.toArray(String[]::new));
        }
        assertThat(tokens.refreshToken().isPresent())
                .isEqualTo(expected.path("refreshable").asBoolean(true));
        Json.texts(expected.path("has"))
                .forEach(claim -> assertThat(tokens.access().claims().has(claim))
                        .as(claim)
                        .isTrue());
    }

    private static void checkRegistered(JsonNode expected, Registration registration) {
        if (expected.has("scope")) {
            assertThat(registration.scopes())
                    .containsExactlyInAnyOrderElementsOf(new ArrayList<>(Json.texts(expected.path("scope"))));
        }
        if (expected.has("grant_types")) {
            assertThat(registration.grantTypes())
                    .containsExactlyInAnyOrderElementsOf(Json.texts(expected.path("grant_types")));
        }
        if (expected.has("token_endpoint_auth_method")) {
            assertThat(registration.json().path("token_endpoint_auth_method"))
                    .isEqualTo(expected.path("token_endpoint_auth_method"));
        }
    }

    private static String[] words(JsonNode expected) {
        return Json.texts(expected.path("words")).toArray(String[]::new);
    }
}
