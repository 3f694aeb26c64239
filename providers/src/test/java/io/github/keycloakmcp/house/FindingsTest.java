package io.github.keycloakmcp.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The ids of findings are public API, so each of them is in the troubleshooting page. */
class FindingsTest {

    private static final Path CHECKS = Path.of("src/main/java/io/github/keycloakmcp/rule/diagnosis");
    private static final Path PAGE = Path.of("../docs/troubleshooting.md");

    /** An argument of words in lower case with hyphens. */
    private static final Pattern ID = Pattern.compile("[(\\n]\\s*\"([a-z]+(?:-[a-z]+)+)\",");

    @ParameterizedTest
    @MethodSource("ids")
    void everyFindingIsInTheTroubleshootingPage(String id) throws IOException {
        assertThat(Files.readString(PAGE)).contains("`" + id + "`");
    }

    @Test
    void theSourcesAreRead() {
        assertThat(ids())
                .contains("registration-policy-refuses", "metadata-fits", "refresh-ended", "client-would-log-in");
    }

    static Stream<String> ids() {
        try (Stream<Path> files = Files.list(CHECKS)) {
            return files
                    .map(FindingsTest::read)
                    .flatMap(source -> ID.matcher(source).results().map(id -> id.group(1)))
                    .distinct()
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
