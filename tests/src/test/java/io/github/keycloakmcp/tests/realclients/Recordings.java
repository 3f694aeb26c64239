package io.github.keycloakmcp.tests.realclients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.client.RecordedRegistration;
import io.github.keycloakmcp.tests.server.RegistrationRecorder;
import io.github.keycloakmcp.tests.server.RegistrationRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the recordings to what the clients send today: a new release that registers differently is noticed here first.
 * {@code -Drecordings.write=true} records anew.
 */
final class Recordings {

    private static final boolean WRITE = Boolean.getBoolean("recordings.write");

    private Recordings() {}

    /** Compares every registration since the last comparison; there has to be one at least. */
    static void check(String name, String client, RegistrationRecorder recorder) {
        List<RegistrationRequest> sent = recorder.take();
        assertThat(sent).as("registrations by " + client).isNotEmpty();
        for (RegistrationRequest request : sent) {
            RecordedRegistration now = RecordedRegistration.of(name, client, request);
            if (WRITE) {
                now.save(resources());
            } else {
                assertThat(now.json())
                        .as("what %s registers", client)
                        .isEqualTo(RecordedRegistration.named(name).json());
            }
        }
    }

    private static Path resources() {
        return Stream.of("src/test/resources", "tests/src/test/resources")
                .map(Path::of)
                .filter(folder -> Files.isDirectory(folder.resolveSibling("java")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the folder src/test is missing"));
    }
}
