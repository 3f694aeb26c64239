package io.github.keycloakmcp.tests.integration.registration;

import java.net.URI;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A realm of the same server that does not use the extension keeps Keycloak's own behaviour. */
@KeycloakTest
class StockRealmIT {

    @Test
    void anUnknownMemberIsRefusedInKeycloaksOwnWords(McpRealm neighbour) {
        try (McpRealm stock = stock(neighbour)) {
            HttpReply ours = post(stock, "openid-connect", "{\"client_name\": \"x\", \"unheard_of\": 1}");
            HttpReply keycloaks = post(stock, "default", "{\"name\": \"x\", \"unheard_of\": 1}");
            ours.expect(400);
            assertThat(ours.body()).contains("Unrecognized field", "unheard_of");
            assertThat(ours.statusCode()).isEqualTo(keycloaks.statusCode());
            assertThat(words(ours)).isEqualTo(words(keycloaks));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", ""})
    void anotherContentTypeIsRefusedInKeycloaksOwnWords(String type, McpRealm neighbour) {
        try (McpRealm stock = stock(neighbour)) {
            Http http = type.isEmpty() ? Http.plain() : Http.plain().with("Content-Type", type);
            HttpReply ours = http.raw("POST", endpoint(stock, "openid-connect"), "{}");
            HttpReply keycloaks = http.raw("POST", endpoint(stock, "default"), "{}");
            assertThat(ours.statusCode()).isEqualTo(keycloaks.statusCode());
            assertThat(ours.body()).isEqualTo(keycloaks.body());
        }
    }

    @Test
    void keycloaksOwnPoliciesApply(McpRealm neighbour) {
        try (McpRealm stock = stock(neighbour)) {
            Registration answer = McpClient.of(stock).register(ClientMetadata.named("Anonymous"));
            ErrorAssertion.assertRefused(answer, 403)
                    .hasError("insufficient_scope")
                    .saying("Trusted Hosts");
        }
    }

    @Test
    void ourRulesDoNotApply(McpRealm neighbour) {
        try (McpRealm stock = stock(neighbour)) {
            String access = Json.parse(stock.post("/clients-initial-access", "{\"count\": 1, \"expiration\": 0}")
                            .asString())
                    .path("token")
                    .asText();
            ClientMetadata metadata = ClientMetadata.named("Stock").redirects("https://anywhere.example/*");
            Registration answer = McpClient.of(stock).register(metadata.json().toString(), access);
            answer.expect(201);
            assertThat(answer.redirectUris()).containsExactly("https://anywhere.example/*");
            assertThat(answer.json().has("application_type")).isFalse();
            assertThat(answer.scopes()).doesNotContain("mcp:tools");
            JsonNode stored = stock.clients().get(answer.clientId());
            assertThat(stored.path("consentRequired").asBoolean()).isFalse();
            assertThat(stored.path("attributes").has("pkce.code.challenge.method"))
                    .isFalse();
        }
    }

    private static McpRealm stock(McpRealm neighbour) {
        return McpRealm.create(neighbour.server(), Json.object(), neighbour.name() + "-stock");
    }

    private static HttpReply post(McpRealm realm, String provider, String body) {
        return Http.plain().json("POST", endpoint(realm, provider), body);
    }

    private static URI endpoint(McpRealm realm, String provider) {
        return URI.create(realm.issuer() + "/clients-registrations/" + provider);
    }

    /** The answer without what names the representation and the place in it. */
    private static String words(HttpReply reply) {
        return reply.body().replace("OIDCClient", "Client").replaceAll("column \\d+", "");
    }
}
