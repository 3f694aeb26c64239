package io.github.keycloakmcp.tests.integration.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.tests.server.AdminUser;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands of the documentation, run as an administrator would.
 *
 * @param folder where they are run
 * @param environment further variables
 */
record Shell(Path folder, Map<String, String> environment) {

    static Shell in(Path folder) {
        return new Shell(folder, Map.of());
    }

    Shell with(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new Shell(folder, Map.copyOf(more));
    }

    /** With kcadm.sh of the server on the path, logged in as its administrator. */
    Shell administering(DistributionKeycloak server) {
        Shell shell = with("JAVA_HOME", System.getProperty("java.home"))
                .with("PATH", server.home().resolve("bin") + ":" + System.getenv("PATH"))
                .with("KC_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Duser.home=" + server.home());
        AdminUser admin = server.admin();
        shell.run("kcadm.sh config credentials --server %s --realm master --user %s --password %s"
                .formatted(server.url(), admin.name(), admin.password()));
        return shell;
    }

    /** Runs a script that has to succeed, and answers what it printed. */
    String run(String script) {
        ProcessBuilder builder = new ProcessBuilder(List.of("bash", "-euo", "pipefail", "-c", script));
        builder.environment().putAll(environment);
        try {
            Process process =
                    builder.directory(folder.toFile()).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + script, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
