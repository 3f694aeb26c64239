package io.github.keycloakmcp.tests.cost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.keycloakmcp.tests.server.TestSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The statements that a request had when they were last recorded, in a file of its own. A server version whose own statements
 * differ has its own files in a folder with the first two parts of its number.
 *
 * @param title the request
 */
public record Recorded(String title) {

    private static final Path FOLDER = Path.of("src/test/resources/io/github/keycloakmcp/tests/integration/cost");

    /** {@code -Dstatements.write=true} records anew, and the difference shows in review. */
    private static final String WRITE = "statements.write";

    /** Fails if a request has more statements than recorded, with their texts; or fewer, so that the record stays exact. */
    public void assertMatches(Statements statements) {
        if (Boolean.getBoolean(WRITE)) {
            write(statements);
        }
        List<String> expected = read();
        assertThat(statements.beyond(expected))
                .as("%s: statements beyond the recorded ones", title)
                .isEmpty();
        assertThat(statements.kinds())
                .as("%s: fewer than recorded; record them anew with -D%s=true", title, WRITE)
                .isEqualTo(expected);
    }

    private void write(Statements statements) {
        try {
            Files.write(path(), statements.kinds());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> read() {
        try {
            return Files.exists(path()) ? Files.readAllLines(path()) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path path() {
        Path own = FOLDER.resolve(TestSettings.keycloakVersion().replaceAll("^(\\d+\\.\\d+).*", "$1"))
                .resolve(file());
        return Files.exists(own) ? own : FOLDER.resolve(file());
    }

    private String file() {
        return title.replace(' ', '-') + ".txt";
    }
}
