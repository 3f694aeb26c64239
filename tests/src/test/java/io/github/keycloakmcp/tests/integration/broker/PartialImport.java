package io.github.keycloakmcp.tests.integration.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.TestSettings;

/**
 * A file of {@code realm-config} that is added to a realm by one call.
 *
 * @param document the file with its variables
 */
record PartialImport(RealmTemplate document) {

    static PartialImport of(String file) {
        try {
            return new PartialImport(
                    RealmTemplate.of(Files.readString(TestSettings.realmConfig().resolve(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fills the variables and imports, which has to succeed; the answer counts what was added. */
    JsonNode into(McpRealm realm, Map<String, String> variables) {
        String path = "/partialImport";
        return Json.parse(AdminApi.succeeded("POST", path, realm.post(path, document.resolved(variables)))
                .asString());
    }
}
