package io.github.keycloakmcp.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.admin.setup.InvalidInput;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.util.JsonSerialization;

/** What calls are answered: JSON, errors in the form of Keycloak's own Admin REST. */
final class JsonResponses {

    private JsonResponses() {}

    static Response ok(JsonNode json) {
        return answer(Response.Status.OK, json);
    }

    static Response invalid(InvalidInput problem) {
        String named = problem.member().isEmpty() ? "" : problem.member() + ": ";
        ObjectNode error = JsonSerialization.mapper.createObjectNode();
        if (!problem.member().isEmpty()) {
            error.put("field", problem.member());
        }
        return answer(Response.Status.BAD_REQUEST, error.put("errorMessage", named + problem.getMessage()));
    }

    static Response error(Response.Status status, String message) {
        return answer(status, JsonSerialization.mapper.createObjectNode().put("errorMessage", message));
    }

    private static Response answer(Response.Status status, JsonNode json) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(json.toString())
                .build();
    }
}
