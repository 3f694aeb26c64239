package io.github.keycloakmcp.tests.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.RegistrationRequest;

/**
 * What a published client sent to register when it was run, kept as a file below {@code registrations}. Ports of this
 * computer, which are others in every run, are written as {@code {port}}.
 *
 * @param name of the file, without its ending
 * @param json the file: {@code client} with its version, the {@code headers} that matter, and the {@code body}
 */
public record RecordedRegistration(String name, ObjectNode json) {

    private static final String FOLDER = "registrations";
    private static final String ENDING = ".json";

    /** Every recording, by name. */
    public static Stream<RecordedRegistration> all() {
        try (Stream<Path> files = Files.list(folder())) {
            return files
                    .map(file -> file.getFileName().toString().replace(ENDING, ""))
                    .sorted()
                    .map(RecordedRegistration::named)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The recording of a name, or an empty one. */
    public static RecordedRegistration named(String name) {
        Path file = folder().resolve(name + ENDING);
        try {
            return new RecordedRegistration(
                    name, Files.exists(file) ? Json.parseObject(Files.readString(file)) : Json.object());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What would be recorded of a request. */
    public static RecordedRegistration of(String name, String client, RegistrationRequest request) {
        ObjectNode json = Json.object().put("client", client);
        ObjectNode headers = json.putObject("headers");
        Stream.of("accept", "content-type", "origin")
                .filter(request.headers()::containsKey)
                .forEach(header -> headers.put(header, request.headers().get(header)));
        json.set("body", request.body());
        String withoutPorts =
                json.toString().replaceAll("(http://(?:localhost|127\\.0\\.0\\.1|\\[::1])):\\d+", "$1:{port}");
        return new RecordedRegistration(name, Json.parseObject(withoutPorts));
    }

    /** Writes the recording where it is kept. */
    public void save(Path resources) {
        Path file = resources.resolve(
                RecordedRegistration.class.getPackageName().replace('.', '/') + "/" + FOLDER + "/" + name + ENDING);
        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, json.toPrettyString() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The headers and the document to send, with a port where one belongs. */
    public RegistrationRequest onPort(int port) {
        ObjectNode filled = Json.parseObject(json.toString().replace("{port}", Integer.toString(port)));
        Map<String, String> headers = filled.path("headers").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().asText()));
        return new RegistrationRequest(headers, filled.path("body"));
    }

    /** Names the row of a parameterized test. */
    @Override
    public String toString() {
        return json.path("client").asText() + " (" + name + ")";
    }

    private static Path folder() {
        URL folder = RecordedRegistration.class.getResource(FOLDER);
        if (folder == null) {
            throw new IllegalStateException("no recordings");
        }
        try {
            return Path.of(new URI(folder.toString()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
