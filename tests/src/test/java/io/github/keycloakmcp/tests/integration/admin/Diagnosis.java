package io.github.keycloakmcp.tests.integration.admin;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.restassured.response.Response;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What diagnosis says of a realm.
 *
 * @param answer its answer
 */
public record Diagnosis(JsonNode answer) {

    /** Asks for it. */
    public static Diagnosis of(McpRealm realm, String query) {
        return new Diagnosis(realm.read("/mcp/diagnosis" + query));
    }

    static Diagnosis of(String json) {
        return new Diagnosis(Json.parse(json));
    }

    /** What a set-up call warns of. */
    public static Diagnosis warnings(Response answer) {
        JsonNode json = Json.parse(AdminApi.succeeded("call", "/mcp", answer).asString());
        return new Diagnosis(Json.object().set("findings", json.path("warnings")));
    }

    /** One of the findings is this one; the words stand in its cause or its fix. */
    public Diagnosis names(String id, String... words) {
        JsonNode finding = answer.path("findings").findParents("id").stream()
                .filter(one -> one.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + id + " in " + answer.toPrettyString()));
        return says(finding, words);
    }

    /** None of the findings is one of these. */
    public Diagnosis namesNone(String... ids) {
        assertThat(ids()).as(answer.toPrettyString()).doesNotContain(ids);
        return this;
    }

    /** Nothing is in the way. */
    Diagnosis isGreen() {
        assertThat(answer.path("ok").asBoolean()).as(answer.toPrettyString()).isTrue();
        return this;
    }

    /** Something is in the way. */
    Diagnosis isRed() {
        assertThat(answer.path("ok").asBoolean(true))
                .as(answer.toPrettyString())
                .isFalse();
        return this;
    }

    /** The last refusal that the realm's events know is explained by this; the words stand in the cause or in the fix. */
    public Diagnosis explainsLastRefusal(String id, String... words) {
        JsonNode refusal = answer.path("refusals").path(0);
        assertThat(refusal.path("id").asText())
                .as(answer.path("refusals").toPrettyString())
                .isEqualTo(id);
        return says(refusal, words);
    }

    List<String> ids() {
        return answer.path("findings").findValuesAsText("id");
    }

    private Diagnosis says(JsonNode finding, String... words) {
        String cause = finding.path("what").asText();
        String fix = finding.path("fix").asText();
        assertThat(cause).isNotBlank();
        assertThat(fix).isNotBlank();
        List.of(words).forEach(word -> assertThat(cause + " → " + fix).contains(word));
        return this;
    }
}
