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

    @Test
    void longTextsAreBoundedByTheirLengthAndNotByTheirNumber() {
        String million = "x".repeat(1_000_000);
        for (int i = 0; i < 7; i++) {
            lengths.keep(i + million, i);
        }
        assertThat(lengths.find(0 + million)).contains(0);
        lengths.keep("6" + million, 6);
        assertThat(lengths.find(6 + million)).as("the same text weighs once").contains(6);
        lengths.keep(7 + million, 7);
        assertThat(lengths.find(0 + million)).isEmpty();
        assertThat(lengths.find(7 + million)).contains(7);
    }

    @Test
    void aTextThatIsLongerThanAllMayBeIsReadEachTime() {
        String longest = "x".repeat(8_000_001);
        assertThat(lengths.keep("short", 5)).isEqualTo(5);
        assertThat(lengths.keep(longest, 8)).isEqualTo(8);
        assertThat(lengths.find(longest)).isEmpty();
        assertThat(lengths.find("short")).contains(5);
    }
}
