package io.github.keycloakmcp.tests.realclients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.Json;

/**
 * One of the scripts in {@code src/real-clients}: it drives a published MCP client as a user of its own and reports what
 * happened in one line of JSON. A script that could not get through its flow fails the test with the script's own words.
 *
 * @param name the file name of the script
 */
record NodeScript(String name) {

    /** Browsers and Node processes, as a JUnit resource: one at a time is enough for a small machine. */
    static final String COMPUTER = "browsers and Node";

    private static final Duration LIMIT = Duration.ofSeconds(270);

    /** The demo user who logs in; the password is the same word. */
    private static final String USER = "alice";

    /** Runs the script with options in the form {@code --name=value}. */
    JsonNode run(String... options) {
        NodeInstallation installation = NodeInstallation.ready();
        Path script = installation.folder().resolve(name);
        if (!Files.exists(script)) {
            throw new IllegalArgumentException("no such script: " + script);
        }
        List<String> command = new ArrayList<>(List.of(installation.node(), script.toString(), "--username=" + USER));
        command.addAll(List.of(options));
        Command.Outcome outcome = Command.run(command, installation.folder(), Map.of("MCP_PASSWORD", USER), LIMIT);
        if (outcome.exitCode() != 0) {
            throw new AssertionError(name + ": " + outcome.errors().strip());
        }
        return Json.parse(outcome.output());
    }

    @Override
    public String toString() {
        return name;
    }
}
