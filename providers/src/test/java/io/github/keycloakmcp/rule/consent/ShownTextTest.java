package io.github.keycloakmcp.rule.consent;

import java.util.stream.Collectors;

import io.github.keycloakmcp.rule.Cases;
import io.github.keycloakmcp.rule.InvisibleCharacter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a client calls itself, its name stays one short line that reads in its own direction only. */
class ShownTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Claude Code",
                "VS Code \u2013 Insiders",
                "\u30af\u30e9\u30a6\u30c9",
                "\u05e2\u05d5\u05d6\u05e8",
                "na\u00efve caf\u00e9",
                "<b>Bold</b> & \"quoted\"",
                "${realm.name}"
            })
    void leavesOrdinaryNamesAlone(String name) {
        assertThat(ShownText.of(name, 80)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "'Claude\u202egnp.exe', 'Claudegnp.exe'",
        "'\u2066\u2067a\u2069', 'a'",
        "'a\u0000b\u0007', 'ab'",
        "'a\u200bb\ufeff', 'ab'",
        "'  a \t\n\r b  ', 'a b'",
        "'a\u2028\u2029b', 'a b'",
        "'\u3164\u2800\u115f', ''",
        "'\u115fA\u115f', 'A'",
        "'A\u115fB', 'A B'",
        "'a\ue000b', 'ab'",
        "'e\u0301\u0301\u0301\u0301', 'e\u0301\u0301'"
    })
    void takesOutWhatChangesTheTextAround(String name, String shown) {
        assertThat(ShownText.of(name, 80)).isEqualTo(shown);
    }

    @Test
    void cutsWhatIsTooLong() {
        assertThat(ShownText.of("x".repeat(5_000), 80)).isEqualTo("x".repeat(80) + "\u2026");
        assertThat(ShownText.of("x".repeat(80), 80)).isEqualTo("x".repeat(80));
        assertThat(ShownText.of("\ud83d\ude00".repeat(81), 80)).isEqualTo("\ud83d\ude00".repeat(80) + "\u2026");
    }

    @Test
    void isBoundedAndCleanForAnyText() {
        Cases.check(5_000, chance -> chance.text(200), text -> {
            String shown = ShownText.of(text, 20);
            assertThat(shown.codePointCount(0, shown.length())).isLessThanOrEqualTo(21);
            assertThat(shown.codePoints())
                    .noneMatch(c -> Character.getType(c) == Character.FORMAT
                            || Character.getType(c) == Character.CONTROL
                            || Character.getType(c) == Character.SURROGATE);
            assertThat(shown).isEqualTo(shown.strip());
        });
    }

    /** What registration compares with the names of others is what the page shows. */
    @Test
    void aNameThatRegistrationAcceptsIsShownAsItIs() {
        Cases.check(5_000, chance -> chance.text(60), name -> {
            boolean hidden = name.codePoints().anyMatch(InvisibleCharacter::is);
            String shown = ShownText.of(name, 1_000);
            String plain = name.codePoints()
                    .mapToObj(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) ? " " : Character.toString(c))
                    .collect(Collectors.joining())
                    .replaceAll(" +", " ")
                    .strip();
            if (!hidden && name.codePoints().noneMatch(InvisibleCharacter::isMark)) {
                assertThat(shown).isEqualTo(plain);
            }
        });
    }
}
