package io.github.keycloakmcp.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.RefusalCode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The page of refusal codes has a heading for each code, and for nothing else. */
class RefusalCodesTest {

    private static final Path PAGE = Path.of("../docs/refusals.md");

    @Test
    void everyCodeHasItsHeadingInTheDocumentation() throws IOException {
        assertThat(Files.readAllLines(PAGE).stream()
                        .filter(line -> line.startsWith("### "))
                        .map(line -> line.substring(4)))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(RefusalCode.values()).map(RefusalCode::word).toList());
    }
}
