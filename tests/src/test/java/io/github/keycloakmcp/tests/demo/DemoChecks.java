package io.github.keycloakmcp.tests.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.server.Ports;
import io.github.keycloakmcp.tests.server.TestSettings;

/** Looks before the demo leaps: every reason not to start, as one line, before anything is started. */
final class DemoChecks {

    private DemoChecks() {}

    static Optional<String> firstProblem(DemoSettings settings) {
        return Stream.of(missingFiles(), samePorts(settings), takenPorts(settings))
                .flatMap(List::stream)
                .findFirst();
    }

    private static List<String> missingFiles() {
        return Stream.of(
                        TestSettings.distribution(),
                        TestSettings.productJar(),
                        TestSettings.exampleServerJar(),
                        TestSettings.realmConfig().resolve("mcp-realm.json"))
                .filter(file -> !Files.exists(file))
                .map(file ->
                        "Missing " + show(file) + ": build everything first, with ./mvnw -Pdemo in the root folder.")
                .toList();
    }

    private static List<String> samePorts(DemoSettings settings) {
        long different = Stream.of(
                        settings.keycloakPort(),
                        settings.a().port(),
                        settings.b().port())
                .distinct()
                .count();
        return different == 3 ? List.of() : List.of("Keycloak and the two servers need three different ports.");
    }

    private static List<String> takenPorts(DemoSettings settings) {
        return Stream.of(
                        taken("keycloak", settings.keycloakPort()),
                        taken(settings.a().name(), settings.a().port()),
                        taken(settings.b().name(), settings.b().port()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> taken(String what, int port) {
        return Ports.taken(port)
                ? Optional.of(
                        "Port " + port + " is taken: free it, or choose another with -Ddemo." + what + ".port=...")
                : Optional.empty();
    }

    private static String show(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }
}
