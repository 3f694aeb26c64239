package io.github.keycloakmcp.tests.integration.lifecycle;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;

/** The settings of a realm's registration policies that decide how long clients are kept. */
record CleanUpSettings(McpRealm realm) {

    /** Sets one of them. */
    void set(String setting, String value) {
        for (JsonNode policy : realm.components("mcp-client-registration")) {
            realm.edit(
                    "/components/" + policy.path("id").asText(),
                    component -> component.withObject("/config").set(setting, Json.tree(List.of(value))));
        }
    }
}
