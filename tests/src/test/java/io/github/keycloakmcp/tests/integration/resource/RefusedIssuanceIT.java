package io.github.keycloakmcp.tests.integration.resource;

import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.CompanyRealm;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.SigningKey;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertNothingIssued;
import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertRecorded;
import static org.assertj.core.api.Assertions.assertThat;

/** The company issues no identity assertion that its policy does not allow, and says why. */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedIssuanceIT {

    private static final String EVENT = "TOKEN_EXCHANGE_ERROR";

    private CompanyRealm company;

    @BeforeAll
    void makeCompany(McpRealm realm, KeycloakServer server) {
        company = CompanyRealm.on(server, realm);
    }

    @BeforeEach
    void clearEvents() {
        company.realm().clearEvents();
    }

    @AfterAll
    void removeCompany() {
        company.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "audience, -, invalid_request, assertion-target-refused, is required",
                "audience, https://elsewhere.example, invalid_target, assertion-target-refused, https://elsewhere.example",
                "audience, assistant, invalid_target, assertion-target-refused, may not use",
                "resource, https://tools.example/mcp, invalid_target, assertion-target-refused, https://tools.example/mcp",
                "resource, http://localhost:3002/mcp, access_denied, role-missing, a required role is missing",
                "scope, mcp:admin, invalid_scope, assertion-scope-refused, none of the requested scopes",
                "scope, email, access_denied, role-missing, a required role is missing",
                "subject_token_type, -, invalid_request, assertion-subject-refused, are required",
                "subject_token, -, invalid_request, assertion-subject-refused, are required",
                "subject_token, garbage, invalid_request, assertion-subject-refused, not valid",
                "subject_token_type, urn:ietf:params:oauth:token-type:saml2, invalid_request, assertion-subject-refused, expected",
                "subject_token_type, urn:ietf:params:oauth:token-type:access_token, invalid_request, assertion-subject-refused, expected",
                "subject_token_type, urn:ietf:params:oauth:token-type:refresh_token, invalid_request, assertion-subject-refused, not valid",
                "actor_token, x, invalid_request, assertion-subject-refused, not supported",
            })
    void whatThePolicyDoesNotAllowIsRefused(String name, String value, String error, String code, String words) {
        Form form = company.exchange(CompanyRealm.ID_TOKEN, company.idToken("bob"));
        assertRefused(value == null ? form.without(name) : form.with(name, value), error, code, words);
    }

    @Test
    void oneAuthorizationServerIsAskedForAtATime() {
        Form form = company.exchange(CompanyRealm.ID_TOKEN, company.idToken("bob"));
        assertRefused(form.and("audience", "https://b.example"), "invalid_target", "assertion-target-refused", "one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"access", "refresh", "other-client", "forged", "unsigned", "other-realm"})
    void aTokenThatIsNoLoginToThisClientIsRefused(String kind) {
        assertRefused(
                company.exchange(CompanyRealm.ID_TOKEN, wrong(kind)),
                "invalid_request",
                "assertion-subject-refused",
                "not valid");
    }

    @Test
    void aLoginThatIsOverIsRefused() {
        Tokens login = company.login("alice", "openid");
        Form form = company.exchange(
                CompanyRealm.ID_TOKEN, login.response().path("id_token").asText());
        company.logOut(login);
        assertRefused(form, "invalid_request", "assertion-subject-refused", "no longer logged in");
        assertRefused(
                company.exchange(CompanyRealm.REFRESH_TOKEN, login.refresh()),
                "invalid_request",
                "assertion-subject-refused",
                "no longer logged in");
    }

    @Test
    void aUserWhoIsRemovedIsRefused() {
        company.realm().post("/users", """
                {"username": "carol", "enabled": true, "email": "c@example.com", "firstName": "C", "lastName": "D",
                 "credentials": [{"type": "password", "value": "carol"}]}""");
        Form form = company.exchange(CompanyRealm.ID_TOKEN, company.idToken("carol"));
        company.realm().delete("/users/" + company.realm().userId("carol"));
        assertRefused(form, "invalid_request", "assertion-subject-refused", "no longer");
    }

    @Test
    void aPublicClientIsRefused() {
        changed(CompanyRealm.ASSISTANT, client -> client.put("publicClient", true), () -> {
            McpClient open =
                    McpClient.of(company.realm()).identifiedBy(CompanyRealm.ASSISTANT, null, CompanyRealm.REDIRECT);
            TokenReply reply = open.token(company.exchange(CompanyRealm.ID_TOKEN, "any"));
            ErrorAssertion.assertRefused(reply, 401).hasError("invalid_client").saying("authenticate");
            assertRecorded(company.realm(), EVENT, "invalid_client", "assertion-client-refused");
        });
    }

    @Test
    void anAuthorizationServerThatIsDisabledHereGetsNone() {
        changed(
                CompanyRealm.TARGET,
                client -> client.put("enabled", false),
                () -> assertRefused(
                        company.exchange(CompanyRealm.ID_TOKEN, company.idToken("alice")),
                        "invalid_target",
                        "assertion-target-refused",
                        "may not use"));
    }

    @Test
    void aClientMayBeHeldToSomeOfTheServers() {
        Consumer<ObjectNode> held = client ->
                client.withObject("/attributes").put("mcp.idjag.servers.at." + CompanyRealm.TARGET, McpRealm.SERVER_A);
        changed(
                CompanyRealm.ASSISTANT,
                held,
                () -> assertRefused(
                        company.exchange(CompanyRealm.ID_TOKEN, company.idToken("alice"))
                                .with("resource", McpRealm.SERVER_B),
                        "invalid_target",
                        "assertion-target-refused",
                        "not an MCP server"));
    }

    @Test
    void withoutConfigurationTheAnswerIsKeycloaksOwn() {
        Consumer<ObjectNode> bare =
                client -> client.withObject("/attributes").put("idjag.clientid.at." + CompanyRealm.TARGET, "");
        changed(CompanyRealm.ASSISTANT, bare, () -> {
            TokenReply reply =
                    company.assistant().token(company.exchange(CompanyRealm.ID_TOKEN, company.idToken("alice")));
            ErrorAssertion.assertRefused(reply, 400).hasError("invalid_request").saying("access token");
        });
    }

    /** Changes a client for as long as {@code test} runs. */
    private void changed(String clientId, Consumer<ObjectNode> change, Runnable test) {
        ObjectNode before = company.realm().clients().get(clientId).deepCopy();
        company.realm().clients().edit(clientId, change);
        try {
            test.run();
        } finally {
            company.realm().clients().edit(clientId, client -> {
                client.setAll(before);
                ObjectNode attributes = client.withObject("/attributes");
                if (!attributes.has("mcp.idjag.servers.at." + CompanyRealm.TARGET)) {
                    attributes.put("mcp.idjag.servers.at." + CompanyRealm.TARGET, "");
                }
            });
        }
    }

    private String wrong(String kind) {
        Tokens login = company.login("alice", "openid");
        String idToken = login.response().path("id_token").asText();
        return switch (kind) {
            case "access" -> login.accessToken();
            case "refresh" -> login.refresh();
            case "other-client" -> ofAnotherClient();
            case "forged" -> SigningKey.generate().sign("JWT", Map.of("typ", "ID", "sub", "alice"));
            case "unsigned" -> idToken.substring(0, idToken.lastIndexOf('.') + 1);
            default -> company.assertion("alice");
        };
    }

    private String ofAnotherClient() {
        if (!company.realm().clients().contains("other")) {
            company.realm().clients().create("""
                    {"clientId": "other", "secret": "other", "publicClient": false, "directAccessGrantsEnabled": true}""");
        }
        return McpClient.of(company.realm())
                .identifiedBy("other", "other", CompanyRealm.REDIRECT)
                .token(Form.of("grant_type", "password", "username", "alice", "password", "alice", "scope", "openid"))
                .tokens()
                .response()
                .path("id_token")
                .asText();
    }

    private void assertRefused(Form form, String error, String code, String words) {
        company.realm().clearEvents();
        TokenReply reply = company.assistant().token(form);
        ErrorAssertion.assertRefused(reply, 400).hasError(error).saying(words);
        assertRecorded(company.realm(), EVENT, error, code);
        assertNothingIssued(company.realm());
        assertThat(reply.json().has("access_token")).isFalse();
    }
}
