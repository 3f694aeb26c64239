package io.github.keycloakmcp.rule;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which hosts are this computer, and which only look like it. */
class LoopbackTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost",
                "LOCALHOST",
                "127.0.0.1",
                "127.0.0.2",
                "127.1.2.3",
                "127.255.255.255",
                "127.0.0.0",
                "[::1]"
            })
    void knowsThisComputer(String host) {
        assertThat(Loopback.isLoopback(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost.",
                "localhost.evil.example",
                "evil.localhost",
                "localhost.localdomain",
                "xlocalhost",
                "localhost\n",
                "127.0.0.1.evil.example",
                "127.0.0.1.",
                "127.0.0.1\n",
                "127.1",
                "127.0.1",
                "127",
                "127.0.0.256",
                "127.0.0.01",
                "127.0.0.0x1",
                "0127.0.0.1",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "0x7f000001",
                "2130706433",
                "017700000001",
                "128.0.0.1",
                "126.0.0.1",
                "1127.0.0.1",
                "10.0.0.1",
                "0.0.0.0",
                "0",
                "\u0661\u0662\u0667.0.0.1",
                "::1",
                "[::2]",
                "[::]",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                "[::1%25lo]",
                "[::1].evil.example"
            })
    void takesNothingElseForThisComputer(String host) {
        assertThat(Loopback.isLoopback(host)).isFalse();
    }
}
