package io.github.keycloakmcp.tests.integration.registration;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Settings that stop registration, and settings that cannot be saved because they would let everybody in. */
@KeycloakTest
class GuardsIT {

    private static final String TOOLS = "mcp:tools";

    @Test
    void nobodyRegistersWhileAForcedScopeIsMissing(McpRealm realm) {
        with(
                realm,
                "forced-scopes",
                "mcp:absent",
                () -> RefusalCheck.ofRegistrations(realm)
                        .refused(() -> register(realm), 503, "temporarily_unavailable")
                        .saying("administrator")
                        .notSaying("mcp:absent"));
        if (realm.server().hasLog()) {
            assertThat(realm.server().logLines())
                    .anyMatch(line -> line.contains("KCMCP-0003")
                            && line.contains("'mcp:absent'")
                            && line.contains(realm.name()));
        }
        register(realm).expect(201);
    }

    @ParameterizedTest
    @CsvSource({
        "trusted-hosts, https://evil.example/",
        "trusted-hosts, *",
        "trusted-hosts, *.com",
        "trusted-hosts, evil.example/path",
        "known-clients, nobody",
        "allowed-senders, 10.0.0.0/99",
        "allowed-senders, vendor.example",
        "private-use-schemes, javascript",
        "private-use-schemes, data",
        "private-use-schemes, http"
    })
    void aDangerousPolicyIsNotSaved(String setting, String value, McpRealm realm) {
        JsonNode before = policy(realm);
        Response answer = realm.put(path(before), changed(before, setting, value));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.asString()).contains("not a ", value);
        assertThat(policy(realm)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://mcp.example/mcp",
                "ftp://mcp.example/mcp",
                "https://mcp.example/mcp#x",
                "https://user@mcp.example/mcp",
                "mcp.example",
                "https://{mcp}.example/mcp",
                "https://mcp.example/mcp##https://mcp.example:x/mcp"
            })
    void aMapperWithAUriThatIsNoServerIsNotSaved(String servers, McpRealm realm) {
        JsonNode scope = realm.scopes().get(TOOLS);
        ObjectNode mapper = scope.path("protocolMappers").get(0).deepCopy();
        ((ObjectNode) mapper.path("config")).put("mcp-servers", servers);
        String path = realm.scopes().path(TOOLS) + "/protocol-mappers/models/"
                + mapper.path("id").asText();
        Response answer = realm.put(path, mapper);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.asString()).contains("resource ");
        assertThat(realm.scopes().get(TOOLS)).isEqualTo(scope);
    }

    private static Registration register(McpRealm realm) {
        return McpClient.of(realm).register(ClientMetadata.named("Guarded"));
    }

    /** Runs something while a setting of the anonymous policy has another value. */
    private static void with(McpRealm realm, String setting, String value, Runnable body) {
        JsonNode before = policy(realm);
        assertThat(realm.put(path(before), changed(before, setting, value)).statusCode())
                .isEqualTo(204);
        try {
            body.run();
        } finally {
            realm.put(path(before), before);
        }
    }

    private static ObjectNode changed(JsonNode policy, String setting, String value) {
        ObjectNode changed = Json.parseObject(policy.toString());
        ((ObjectNode) changed.path("config")).set(setting, Json.tree(List.of(value)));
        return changed;
    }

    private static JsonNode policy(McpRealm realm) {
        return realm.components("mcp-client-registration").stream()
                .filter(policy -> policy.path("subType").asText().equals("anonymous"))
                .findFirst()
                .orElseThrow();
    }

    private static String path(JsonNode policy) {
        return "/components/" + policy.path("id").asText();
    }
}
