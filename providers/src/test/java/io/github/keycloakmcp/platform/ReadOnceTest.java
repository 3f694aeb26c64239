package io.github.keycloakmcp.platform;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReadOnceTest {

    private final ReadOnce<String, Integer> lengths = new ReadOnce<>();

    @Test
    void findsWhatWasKeptForTheSameTextOnly() {
        assertThat(lengths.find("four")).isEmpty();
        assertThat(lengths.keep("four", 4)).isEqualTo(4);
        assertThat(lengths.find("four")).contains(4);
        assertThat(lengths.find("five!")).isEmpty();
    }

    @Test
    void startsAfreshRatherThanKeepWhateverIsGenerated() {
        for (int i = 0; i < 1_000; i++) {
            lengths.keep("text " + i, i);
        }
        assertThat(lengths.find("text 0")).contains(0);
        lengths.keep("one more", 8);
        assertThat(lengths.find("text 0")).isEmpty();
        assertThat(lengths.find("one more")).contains(8);
    }
}
