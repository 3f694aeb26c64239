package io.github.keycloakmcp.rule;

import java.util.HexFormat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Digests that other programs compute too: the examples of FIPS 180-4, and a letter that is two bytes in UTF-8. */
class Sha256Test {

    @ParameterizedTest
    @CsvSource({
        "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "\u00e9, 4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"
    })
    void isTheDigestOfTheTextInUtf8(String text, String digest) {
        assertThat(HexFormat.of().formatHex(Sha256.of(text))).isEqualTo(digest);
    }
}
