package io.github.keycloakmcp.tests.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.TestSettings;

/**
 * The realm of the demo: the shipped file and the demo users in one file for {@code data/import}. Its placeholders stay,
 * and Keycloak resolves them from {@link #variables}, as it does in a real installation.
 */
final class DemoRealm {

    private DemoRealm() {}

    static Path write(DemoSettings settings) {
        ObjectNode realm = RealmTemplate.read(TestSettings.realmConfig(), true).document();
        realm.put("realm", settings.realm());
        Path file = TestSettings.workFolder().resolve(settings.realm() + "-realm.json");
        try {
            Files.createDirectories(TestSettings.workFolder());
            return Files.writeString(file, realm.toPrettyString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the placeholders become; those not named here may be set in the environment of the demo. */
    static Map<String, String> variables(DemoSettings settings) {
        return Map.of(
                "MCP_SERVERS", settings.a().resource() + "##" + settings.b().resource());
    }
}
