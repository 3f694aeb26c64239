package io.github.keycloakmcp.tests.integration.fieldcases;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.server.Json;

/**
 * One flow from {@code flows.json}: what the realm is, what the client sends, and what it has to get.
 *
 * @param json the case
 */
record FieldCase(JsonNode json) {

    /** The server that a case declares unless it names others. */
    static final String SERVER = "https://mcp.example.com/mcp";

    static Stream<FieldCase> all() {
        try (InputStream file = Objects.requireNonNull(FieldCase.class.getResourceAsStream("flows.json"))) {
            return StreamSupport.stream(
                    Json.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                            .spliterator(),
                    false)
                    .map(FieldCase::new)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document of the set-up call. */
    ObjectNode enable() {
        ObjectNode document = Json.object();
        document.putArray("servers").add(SERVER);
        document.putArray("knownClients").add("*");
        json.path("enable").properties().forEach(member -> document.set(member.getKey(), member.getValue()));
        return document;
    }

    /** The registration: that of a typical public client with the members of the case; {@code null} leaves one out. */
    String registration() {
        ObjectNode metadata = ClientMetadata.unique("Field").json().deepCopy();
        json.path("register").properties().forEach(member -> {
            if (member.getValue().isNull()) {
                metadata.remove(member.getKey());
            } else {
                metadata.set(member.getKey(), member.getValue());
            }
        });
        return metadata.toString();
    }

    /** The values of {@code resource} in the authorization request. */
    String[] resources() {
        JsonNode resource = json.at("/authorize/resource");
        if (resource.isMissingNode()) {
            return new String[] {enable().path("servers").path(0).asText()};
        }
        return resource.isArray() ? texts(resource).toArray(String[]::new) : new String[] {resource.asText()};
    }

    /** The same case after its advice was followed: what the request is then, and nothing of what was refused. */
    FieldCase advised() {
        ObjectNode followed = json.deepCopy();
        json.at("/fix/authorize")
                .properties()
                .forEach(member -> followed.withObject("/authorize").set(member.getKey(), member.getValue()));
        return new FieldCase(followed.without(List.of("fix", "rejected", "refused", "page", "explained")));
    }

    boolean has(String member) {
        return json.has(member);
    }

    JsonNode get(String member) {
        return json.path(member);
    }

    static List<String> texts(JsonNode list) {
        return Json.texts(list);
    }

    /** Names the row of the test. */
    @Override
    public String toString() {
        return json.path("name").asText();
    }
}
