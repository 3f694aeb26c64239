package io.github.keycloakmcp.tests.integration.resource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.CompanyRealm;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.Jwt;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/** One realm is the company and issues identity assertions, another one is the MCP servers' and turns them into tokens. */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AssertionIssuanceIT {

    private static final String A = McpRealm.SERVER_A;
    private static final String B = McpRealm.SERVER_B;

    private McpRealm mcp;
    private CompanyRealm company;
    private McpClient there;

    @BeforeAll
    void makeCompany(McpRealm realm, KeycloakServer server) {
        mcp = realm;
        company = CompanyRealm.on(server, realm).trustedBy(realm);
        there = McpClient.of(realm)
                .identifiedBy(CompanyRealm.ASSISTANT_THERE, CompanyRealm.SECRET_THERE, CompanyRealm.REDIRECT);
    }

    @BeforeEach
    void clearEvents() {
        company.realm().clearEvents();
    }

    @AfterAll
    void removeCompany() {
        company.close();
    }

    @Test
    void anAssertionSaysWhatItsProfileDemandsAndNoMore() {
        TokenReply reply = company.assistant()
                .token(company.exchange(CompanyRealm.ID_TOKEN, company.idToken("alice"))
                        .with("resource", A)
                        .with("scope", "profile mcp:tools mcp:admin"));
        reply.expect(200);
        assertThat(reply.header("Cache-Control").orElse("")).contains("no-store");
        JsonNode answer = reply.json();
        String assertion = answer.path("access_token").asText();
        assertThat(answer.path("issued_token_type").asText()).isEqualTo("urn:ietf:params:oauth:token-type:id-jag");
        assertThat(answer.path("token_type").asText()).isEqualTo("N_A");
        assertThat(answer.path("expires_in").asInt()).isEqualTo(300);
        assertThat(answer.path("scope").asText()).isEqualTo("mcp:tools profile");
        assertThat(answer.has("refresh_token")).isFalse();
        JsonNode claims = Jwt.parse(assertion).claims();
        assertThat(claims.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "iss",
                        "sub",
                        "aud",
                        "client_id",
                        "resource",
                        "scope",
                        "jti",
                        "iat",
                        "exp",
                        "preferred_username");
        assertThat(claims.path("iss").asText())
                .isEqualTo(company.realm().issuer().toString());
        assertThat(claims.path("sub").asText()).isEqualTo(company.realm().userId("alice"));
        assertThat(claims.path("aud").asText()).isEqualTo(mcp.issuer().toString());
        assertThat(claims.path("client_id").asText()).isEqualTo(CompanyRealm.ASSISTANT_THERE);
        assertThat(claims.path("resource").asText()).isEqualTo(A);
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(300);
        assertThat(header(assertion).path("typ").asText()).isEqualTo("oauth-id-jag+jwt");
        assertThat(header(assertion).path("alg").asText()).isEqualTo("RS256");
        assertThat(company.realm().events("TOKEN_EXCHANGE"))
                .singleElement()
                .satisfies(event -> assertThat(event.details())
                        .containsEntry("audience", mcp.issuer().toString())
                        .containsEntry("mcp_resource", A)
                        .containsEntry("scope", "mcp:tools profile")
                        .containsEntry("username", "alice"));
    }

    @Test
    void theMcpRealmTurnsItIntoATokenForTheServer() {
        Tokens tokens = redeem(company.assertion("alice", "resource", B)).tokens();
        TokenAssertion.assertThat(tokens).isFor(B).isOf("alice").hasScopes("mcp:tools");
        assertThat(tokens.claim("iss")).isEqualTo(mcp.issuer().toString());
    }

    @Test
    void aRequestThatNamesNoServerIsForThoseThatTheUserMayUse() {
        assertThat(Jwt.parse(company.assertion("alice")).claims().path("resource"))
                .isEqualTo(Json.tree(List.of(A, B)));
        assertThat(Jwt.parse(company.assertion("bob")).text("resource")).isEqualTo(A);
    }

    @Test
    void anAssertionIsRedeemedOnce() {
        String assertion = company.assertion("alice", "resource", A);
        redeem(assertion).tokens();
        ErrorAssertion.assertRefused(redeem(assertion), 400).hasError("invalid_grant");
    }

    @Test
    void aNewKeyOfTheCompanyIsTrustedAndTheOldOneNoLonger() {
        String before = company.assertion("alice", "resource", A);
        redeem(company.assertion("alice", "resource", A)).tokens();
        List<JsonNode> old = StreamSupport.stream(
                        company.realm()
                                .read("/components?type=org.keycloak.keys.KeyProvider")
                                .spliterator(),
                        false)
                .filter(provider -> provider.path("providerId").asText().startsWith("rsa"))
                .toList();
        assertThat(old).isNotEmpty();
        AdminApi.succeeded("POST", "/components", company.realm().post("/components", """
                {"name": "new key", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
                 "config": {"priority": ["1000"], "keySize": ["2048"], "algorithm": ["RS256"]}}
                """));
        keys(old, false);
        try {
            // Keycloak reads the keys of an issuer again after ten seconds at the earliest.
            Awaited.untilAsserted(
                    Duration.ofSeconds(60),
                    () -> TokenAssertion.assertThat(redeem(company.assertion("alice", "resource", A))
                                    .tokens())
                            .isFor(A));
            ErrorAssertion.assertRefused(redeem(before), 400)
                    .hasError("invalid_grant")
                    .saying("signature");
        } finally {
            keys(old, true);
        }
    }

    private void keys(List<JsonNode> providers, boolean enabled) {
        providers.forEach(provider -> company.realm()
                .edit(
                        "/components/" + provider.path("id").asText(),
                        component -> component
                                .withObject("/config")
                                .set("enabled", Json.tree(List.of(Boolean.toString(enabled))))));
    }

    @Test
    void aRefreshTokenDoesAsWellAndIsNotUsedUp() {
        company.realm().update("{\"revokeRefreshToken\": true}");
        try {
            Tokens login = company.login("alice", "openid");
            Form form = company.exchange(CompanyRealm.REFRESH_TOKEN, login.refresh());
            assertThat(company.assistant().token(form).status()).isEqualTo(200);
            assertThat(company.assistant().token(form).status()).isEqualTo(200);
            company.assistant().refresh(login.refresh()).tokens();
            ErrorAssertion.assertRefused(company.assistant().token(form), 400).hasError("invalid_request");
        } finally {
            company.realm().update("{\"revokeRefreshToken\": false}");
        }
    }

    @Test
    void aLoginWithOfflineAccessDoesWithEitherToken() {
        Tokens login = company.login("alice", "openid offline_access");
        String idToken = login.response().path("id_token").asText();
        for (Form form : List.of(
                company.exchange(CompanyRealm.REFRESH_TOKEN, login.refresh()),
                company.exchange(CompanyRealm.ID_TOKEN, idToken))) {
            TokenReply reply = company.assistant().token(form);
            reply.expect(200);
            redeem(reply.json().path("access_token").asText()).tokens();
        }
        company.assistant().revoke(login.refresh());
        ErrorAssertion.assertRefused(company.assistant().token(company.exchange(CompanyRealm.ID_TOKEN, idToken)), 400)
                .hasError("invalid_request")
                .saying("no longer logged in");
    }

    @Test
    void otherExchangesAreKeycloaksOwn() {
        Tokens login = company.login("alice", "openid");
        Form plain = company.exchange("urn:ietf:params:oauth:token-type:access_token", login.accessToken())
                .without("audience")
                .with("requested_token_type", "urn:ietf:params:oauth:token-type:access_token");
        assertThat(company.assistant().token(plain).tokens().claim("azp")).isEqualTo(CompanyRealm.ASSISTANT);
    }

    @Test
    void aRealmThatSignsItsTokensWithASharedSecretSignsAssertionsWithItsKeyPair() {
        company.realm().update("{\"defaultSignatureAlgorithm\": \"HS512\"}");
        try {
            assertThat(header(company.assertion("alice")).path("alg").asText()).isEqualTo("RS256");
        } finally {
            company.realm().update("{\"defaultSignatureAlgorithm\": \"RS256\"}");
        }
    }

    @Test
    void aUserWhoIsDisabledAtTheCompanyGetsNoNewToken() {
        Tokens login = company.login("bob", "openid offline_access");
        Form form = company.exchange(CompanyRealm.REFRESH_TOKEN, login.refresh());
        TokenReply before = company.assistant().token(form);
        redeem(before.json().path("access_token").asText()).tokens();
        String user = "/users/" + company.realm().userId("bob");
        company.realm().edit(user, bob -> bob.put("enabled", false));
        try {
            ErrorAssertion.assertRefused(company.assistant().token(form), 400)
                    .hasError("invalid_request")
                    .saying("no longer active");
        } finally {
            company.realm().edit(user, bob -> bob.put("enabled", true));
        }
    }

    private TokenReply redeem(String assertion) {
        return there.token(
                Form.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", assertion));
    }

    private static JsonNode header(String token) {
        String first = token.substring(0, token.indexOf('.'));
        return Json.parse(new String(Base64.getUrlDecoder().decode(first), StandardCharsets.UTF_8));
    }
}
