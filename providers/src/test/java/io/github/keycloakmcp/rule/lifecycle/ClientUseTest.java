package io.github.keycloakmcp.rule.lifecycle;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** When a use is written down. */
class ClientUseTest {

    private static final long NOW = 1_800_000_000;

    @ParameterizedTest
    @CsvSource({
        "1799913600, 24, true",
        "1799913601, 24, false",
        "1800000000, 24, false",
        "1799996400, 1, true",
        "1799996401, 1, false",
        "1800000000, 0, true",
        "1800000001, 24, true",
        "'', 24, true",
        ", 24, true"
    })
    void aUseIsDueOnceInAnInterval(String lastUsed, int hours, boolean due) {
        ClientUse use = ClientUse.read("1700000000", lastUsed);
        assertThat(use.isDue(NOW, Duration.ofHours(hours))).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({"1799913600, true", "1799913601, false", "1800000000, false", "1800000001, true"})
    void aRegistrationIsDueOnceInAnInterval(String registered, boolean due) {
        assertThat(ClientUse.read(registered, null).isRegistrationDue(NOW, Duration.ofDays(1)))
                .isEqualTo(due);
    }

    @ParameterizedTest
    @ValueSource(strings = {"never", "-1", "1e9", " 1700000000", "1700000000000000000000", "9223372036854775808"})
    void whatCannotBeReadIsPutRightByTheNextUse(String written) {
        ClientUse use = ClientUse.read("1700000000", written);
        assertThat(use.wasUsed()).isTrue();
        assertThat(use.isDue(NOW, Duration.ofDays(1))).isTrue();
    }

    @Test
    void aClientWithoutAUseWasNeverUsed() {
        assertThat(ClientUse.read("1700000000", null).wasUsed()).isFalse();
        assertThat(ClientUse.read("1700000000", "1700000000").wasUsed()).isTrue();
    }
}
