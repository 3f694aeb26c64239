package io.github.keycloakmcp.rule;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A file beside this class. */
class PackedFileTest {

    @Test
    void isReadInUtf8() {
        assertThat(PackedProperties.beside(PackedFileTest.class, "packed.properties"))
                .containsOnly(Map.entry("word", "caf\u00e9"));
    }

    /** A jar without one of its files must not go on as if the file were empty. */
    @Test
    void isNotReadAsEmptyWhereItIsMissing() {
        assertThatThrownBy(() -> PackedProperties.beside(PackedFileTest.class, "missing.properties"))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("missing.properties");
    }
}
