package io.github.keycloakmcp.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.admin.setup.InvalidInput;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;
import org.jspecify.annotations.Nullable;
import org.keycloak.util.JsonSerialization;

/** Reads the body that adds a server. */
final class ServerUri {

    private ServerUri() {}

    static String read(@Nullable String body) throws InvalidInput {
        JsonNode uri;
        try {
            uri = JsonSerialization.mapper.readTree(body == null ? "" : body).path("uri");
        } catch (JsonProcessingException e) {
            throw new InvalidInput("", "this is no JSON");
        }
        if (!uri.isTextual()) {
            throw new InvalidInput("uri", "a text is expected");
        }
        return ResourceIndicator.parseAlsoPlainHttp(uri.asText())
                .orThrow(refusal -> new InvalidInput("uri", refusal.description()))
                .written();
    }
}
