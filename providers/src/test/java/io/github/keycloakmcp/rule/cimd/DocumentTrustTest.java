package io.github.keycloakmcp.rule.cimd;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The words in the attribute of a client are public API. */
class DocumentTrustTest {

    @Test
    void isWrittenInLowerCase() {
        assertThat(Stream.of(DocumentTrust.values()).map(DocumentTrust::written))
                .containsExactly("known", "listed", "unverified");
    }
}
