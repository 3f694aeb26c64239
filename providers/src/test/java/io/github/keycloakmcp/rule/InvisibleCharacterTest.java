package io.github.keycloakmcp.rule;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each range of characters that are shown as nothing, at its ends and just outside. */
class InvisibleCharacterTest {

    @ParameterizedTest(name = "{2} is shown as nothing from {0} to {1}")
    @CsvSource({
        "0000, 001f, control characters",
        "007f, 009f, control characters",
        "00ad, 00ad, the soft hyphen",
        "034f, 034f, the joiner of graphemes",
        "115f, 1160, Hangul fillers",
        "17b4, 17b5, Khmer vowels without a form",
        "180b, 180f, Mongolian selectors",
        "200b, 200f, blanks without width and marks of direction",
        "2028, 202e, separators of lines and marks of direction",
        "2800, 2800, the Braille pattern without dots",
        "3164, 3164, the Hangul filler",
        "d800, f8ff, halves of characters and private use",
        "fe00, fe0e, selectors of variants",
        "ffa0, ffa0, the narrow Hangul filler",
        "16fe4, 16fe4, the Khitan filler",
        "1d159, 1d159, the note head that is nothing",
        "e0100, e01ef, selectors of variants"
    })
    void isShownAsNothing(String first, String last, String what) {
        for (int c = Integer.parseInt(first, 16); c <= Integer.parseInt(last, 16); c++) {
            assertThat(InvisibleCharacter.is(c)).as(what + " %x", c).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0020", "007e", "00a0", "00ac", "00ae", "034e", "0350", "115e", "1161", "17b3", "17b6", "180a", "1810", "200a",
        "2010", "2027", "202f", "27ff", "2801", "3163", "3165", "fdfd", "fe0f", "ff9f", "ffa1", "16fe3", "1d158",
                "1d15a",
        "1f600"
    })
    void isShown(String character) {
        assertThat(InvisibleCharacter.is(Integer.parseInt(character, 16))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0301, true", "20dd, true", "0061, false", "0903, false", "0020, false"})
    void aMarkStandsOnTheLetterBeforeIt(String character, boolean mark) {
        assertThat(InvisibleCharacter.isMark(Integer.parseInt(character, 16))).isEqualTo(mark);
    }
}
