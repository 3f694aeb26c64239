package io.github.keycloakmcp.tests.integration.resource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.SigningKey;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.keycloakmcp.tests.integration.resource.DelegationActors.A;
import static io.github.keycloakmcp.tests.integration.resource.DelegationActors.API;
import static io.github.keycloakmcp.tests.integration.resource.DelegationActors.B;
import static io.github.keycloakmcp.tests.integration.resource.DelegationActors.CALLING;
import static org.assertj.core.api.Assertions.assertThat;

/** An MCP server that calls another one for a user: it is named, and can do what both may. */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DelegationIT {

    private static final String REFRESH = "urn:ietf:params:oauth:token-type:refresh_token";

    private McpRealm realm;
    private DelegationActors actors;

    @BeforeAll
    void makeActors(McpRealm one) {
        realm = one;
        actors = new DelegationActors(realm);
    }

    @BeforeEach
    void clearEvents() {
        realm.clearEvents();
    }

    @Test
    void theUserStaysTheSubjectAndTheServerIsTheActor() {
        Tokens subject = actors.of("reader", A, "mcp:tools");
        Tokens tokens = actors.exchangeFor(A, subject.accessToken(), B).tokens();
        TokenAssertion.assertThat(tokens).isFor(B).isOf("reader").hasClaim("azp", A);
        assertThat(tokens.claim("sub")).isEqualTo(subject.claim("sub"));
        JsonNode act = tokens.access().claims().path("act");
        assertThat(act.path("client_id").asText()).isEqualTo(A);
        assertThat(act.path("sub").asText()).isEqualTo(actors.account(A));
        assertThat(act.has("act")).isFalse();
        assertThat(subject.access().claims().has("act")).isFalse();
        assertThat(actors.server(B).introspect(tokens.accessToken()).json().path("act"))
                .isEqualTo(act);
        assertThat(realm.events("TOKEN_EXCHANGE"))
                .singleElement()
                .satisfies(event -> assertThat(event.details())
                        .containsEntry("mcp_actors", A)
                        .containsEntry("mcp_resource", B));
    }

    /** Server A has the role of the scope tools:write, server B has not. */
    @ParameterizedTest
    @CsvSource({
        "writer, A, mcp:tools tools:write, mcp:tools tools:write",
        "writer, B, mcp:tools tools:write, mcp:tools",
        "reader, A, mcp:tools tools:write, mcp:tools",
        "reader, B, mcp:tools tools:write, mcp:tools",
        "writer, A, mcp:tools, mcp:tools",
        "writer, A, tools:write, tools:write",
        "reader, B, mcp:tools, mcp:tools"
    })
    void theTokenHasWhatUserAndServerAndTheirTokenHave(String user, String by, String scope, String left) {
        boolean isA = by.equals("A");
        Tokens subject = actors.of(user, isA ? A : B, scope);
        Tokens tokens = actors.exchangeFor(isA ? A : B, subject.accessToken(), isA ? B : A)
                .tokens();
        assertThat(tokens.scopes().stream().filter(one -> one.contains("tools")))
                .containsExactlyInAnyOrder(left.split(" "));
        assertThat(tokens.response().path("scope").asText().split(" "))
                .containsExactlyInAnyOrderElementsOf(tokens.scopes());
    }

    @Test
    void aServerWithoutTheRoleOfTheOnlyScopeGetsNoToken() {
        Tokens subject = actors.of("writer", B, "tools:write");
        assertRefused(
                actors.exchangeFor(B, subject.accessToken(), A), "access_denied", "delegation-role-missing", "writer");
    }

    @Test
    void aScopeThatTheTokenDoesNotHaveIsRefusedUnlessTheServerMayAddIt() {
        String token = actors.of("writer", A, "mcp:tools").accessToken();
        Form extra = Form.of("resource", B, "scope", "tools:extra");
        assertRefused(actors.exchange(A, token, extra), "invalid_scope", "delegation-scope-refused", "tools:extra");
        withAttribute("mcp.delegation-scopes", "tools:extra", () -> {
            Tokens tokens = actors.exchange(A, token, extra).tokens();
            TokenAssertion.assertThat(tokens).isFor(B).hasScopes("tools:extra", "mcp:tools");
            TokenAssertion.assertThat(tokens).lacksScopes("tools:write");
        });
        withAttribute("mcp.delegation", "unlimited", () -> {
            Tokens tokens = actors.exchange(A, token, extra).tokens();
            TokenAssertion.assertThat(tokens).isFor(B).hasScopes("tools:extra", "tools:write");
            assertThat(tokens.access().claims().at("/act/client_id").asText()).isEqualTo(A);
        });
    }

    @Test
    void aTokenWithoutAScopeOfTheServerIsRefused() {
        String token = actors.of("reader", A, "tools:extra").accessToken();
        assertRefused(
                actors.exchangeFor(A, token, B), "invalid_scope", "delegation-scope-refused", "no scope that opens");
    }

    @Test
    void aChainNamesEveryServerAndEnds() {
        String token = actors.of("reader", A, "mcp:tools").accessToken();
        for (int length = 1; length <= 5; length++) {
            boolean isA = length % 2 == 1;
            token = actors.exchangeFor(isA ? A : B, token, isA ? B : A).tokens().accessToken();
        }
        assertThat(realm.events("TOKEN_EXCHANGE"))
                .anySatisfy(event ->
                        assertThat(event.details()).containsEntry("mcp_actors", String.join(" ", A, B, A, B, A)));
        realm.clearEvents();
        assertRefused(
                actors.exchangeFor(B, token, A), "invalid_request", "delegation-actor-refused", "at most 5 clients");
    }

    /** What a server calls an API with can come back to an MCP server. */
    @Test
    void aTokenForAnotherKindOfServerNamesTheActorToo() {
        Tokens subject = actors.of("reader", CALLING, "mcp:tools");
        Tokens api = actors.exchange(CALLING, subject.accessToken(), Form.of("audience", API))
                .tokens();
        TokenAssertion.assertThat(api).isFor(API);
        assertThat(api.access().claims().at("/act/client_id").asText()).isEqualTo(CALLING);
        realm.clearEvents();
        Tokens back = actors.exchangeFor(API, api.accessToken(), B).tokens();
        TokenAssertion.assertThat(back).isFor(B);
        assertThat(realm.events("TOKEN_EXCHANGE"))
                .singleElement()
                .satisfies(event -> assertThat(event.details()).containsEntry("mcp_actors", API + " " + CALLING));
    }

    @Test
    void aRefreshedTokenKeepsActorAndLimits() {
        String token = actors.of("writer", A, "mcp:tools").accessToken();
        Tokens first = actors.exchange(A, token, Form.of("resource", B, "requested_token_type", REFRESH))
                .tokens();
        Tokens next = actors.server(A).refresh(first.refresh()).tokens();
        TokenAssertion.assertThat(next).isFor(B).hasScopes("mcp:tools").lacksScopes("tools:write");
        assertThat(next.access().claims().path("act"))
                .isEqualTo(first.access().claims().path("act"));
        Tokens last = actors.server(A).refresh(next.refresh()).tokens();
        TokenAssertion.assertThat(last).isFor(B).lacksScopes("tools:write");
        assertThat(last.access().claims().at("/act/client_id").asText()).isEqualTo(A);
    }

    @Test
    void aTokenIsForOneServer() {
        String token = actors.of("reader", A, "mcp:tools").accessToken();
        assertRefused(
                actors.exchange(A, token, Form.of("resource", A).and("resource", B)),
                "invalid_target",
                "delegation-target-refused",
                "one MCP server");
    }

    @Test
    void anActorThatTheTokenDoesNotNameIsRefused() {
        String mapper = """
                {"name": "may act", "protocol": "openid-connect", "protocolMapper": "oidc-hardcoded-claim-mapper",
                 "config": {"claim.name": "may_act", "claim.value": "{\\"sub\\": \\"%s\\"}", "jsonType.label": "JSON",
                   "access.token.claim": "true"}}
                """;
        String path = realm.clients().path("caller") + "/protocol-mappers/models";
        realm.post(path, mapper.formatted("another"));
        String forAnother = actors.of("reader", A, "mcp:tools").accessToken();
        removeMapper(path);
        assertRefused(actors.exchangeFor(A, forAnother, B), "invalid_request", "delegation-actor-refused", "may_act");
        realm.post(path, mapper.formatted(actors.account(A)));
        String forA = actors.of("reader", A, "mcp:tools").accessToken();
        removeMapper(path);
        TokenAssertion.assertThat(actors.exchangeFor(A, forA, B).tokens()).isFor(B);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "true, true"})
    void anActorForgedIntoATokenIsRefused(boolean otherKey, boolean otherIssuer) {
        Tokens subject = actors.of("reader", A, "mcp:tools");
        ObjectNode claims = subject.access().claims().deepCopy();
        claims.putObject("act").put("sub", actors.account(B)).put("client_id", B);
        if (otherIssuer) {
            claims.put("iss", "https://evil.example/realms/mcp");
        }
        String[] parts = subject.accessToken().split("\\.", -1);
        String body = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.toString().getBytes(StandardCharsets.UTF_8));
        String forged = otherKey
                ? SigningKey.generate().sign(Map.of("alg", "RS256", "typ", "JWT"), claims.toString())
                : parts[0] + "." + body + "." + parts[2];
        realm.clearEvents();
        TokenReply reply = actors.exchangeFor(A, forged, B);
        ErrorAssertion.assertRefused(reply, 400).hasError("invalid_request");
        RecordedRefusal.assertNothingIssued(realm);
    }

    private void assertRefused(TokenReply reply, String error, String code, String word) {
        ErrorAssertion.assertRefused(reply, 400).hasError(error);
        RecordedRefusal.assertRecorded(realm, "TOKEN_EXCHANGE_ERROR", error, code, word);
        assertThat(realm.events("TOKEN_EXCHANGE")).isEmpty();
    }

    private void withAttribute(String name, String value, Runnable test) {
        attribute(name, value);
        try {
            test.run();
        } finally {
            attribute(name, "");
        }
    }

    private void attribute(String name, String value) {
        realm.clients().edit(A, client -> client.withObject("/attributes").put(name, value));
    }

    private void removeMapper(String path) {
        realm.delete(path + "/" + realm.read(path).path(0).path("id").asText());
    }
}
