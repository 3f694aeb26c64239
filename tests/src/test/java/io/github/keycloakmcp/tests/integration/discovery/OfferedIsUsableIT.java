package io.github.keycloakmcp.tests.integration.discovery;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.Jwt;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients take the metadata at its word: whatever it lists, a client that has just registered can use. */
@KeycloakTest
class OfferedIsUsableIT {

    private final McpRealm realm;
    private final McpClient client;

    OfferedIsUsableIT(McpRealm realm) {
        this.realm = realm;
        this.client = McpClient.of(realm).registered(ClientMetadata.named("Believes everything"));
    }

    @Test
    void everyScopeCanBeRegisteredAndAskedFor() {
        List<String> scopes = client.server().list("scopes_supported");
        McpClient greedy = McpClient.of(realm)
                .registered(ClientMetadata.named("Wants everything").scope(String.join(" ", scopes)));
        for (McpClient asking : List.of(greedy, client)) {
            Tokens tokens = asking.obtain(
                    Browser.of("alice"),
                    asking.authorization().resource(McpRealm.SERVER_A).scope(String.join(" ", scopes)));
            TokenAssertion.assertThat(tokens).isFor(McpRealm.SERVER_A).hasScopes(scopes.toArray(String[]::new));
        }
    }

    @Test
    void everyResponseModeBringsTheCodeAndTheIssuer() {
        Browser browser = Browser.of("alice");
        client.obtain(browser, client.authorization().resource(McpRealm.SERVER_A));
        assertThat(client.server().list("response_modes_supported"))
                .contains("query")
                .allSatisfy(mode -> {
                    AuthorizationRequest request =
                            client.authorization().resource(McpRealm.SERVER_A).with("response_mode", mode);
                    Form answer = answer(browser.open(request.uri()));
                    assertThat(answer.value("code")).as(mode).isPresent();
                    assertThat(answer.value("iss"))
                            .as(mode)
                            .contains(realm.issuer().toString());
                });
    }

    @Test
    void theTokenEndpointKnowsEveryGrant() {
        assertThat(client.server().list("grant_types_supported"))
                .isNotEmpty()
                .allSatisfy(grant -> assertThat(
                                client.token(Form.of("grant_type", grant)).error())
                        .as(grant)
                        .isPresent()
                        .isNotEqualTo(Optional.of("unsupported_grant_type")));
    }

    /** What came back: in the query or fragment, in a form to be posted, and in both cases perhaps within a JWT (JARM). */
    private static Form answer(Page page) {
        Form sent = page.left().isPresent() ? page.answer().parameters() : posted(page);
        return sent.value("response")
                .map(response -> {
                    JsonNode claims = Jwt.parse(response).claims();
                    return Form.of(
                            "code",
                            claims.path("code").asText(),
                            "iss",
                            claims.path("iss").asText());
                })
                .orElse(sent);
    }

    private static Form posted(Page page) {
        return page.document().select("form input[name]").stream()
                .reduce(
                        Form.of(),
                        (form, input) -> form.with(input.attr("name"), input.attr("value")),
                        (one, other) -> other);
    }
}
