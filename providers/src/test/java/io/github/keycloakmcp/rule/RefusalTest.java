package io.github.keycloakmcp.rule;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a client may be told, and what never reaches it. */
class RefusalTest {

    /** What RFC 6749 section 5.2 allows in {@code error_description}. */
    private static final String WIRE_SAFE = "[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]*";

    @Test
    void keepsAShortDescriptionAsItIs() {
        assertThat(describe("use https (not http), please: a'b<c>&d~").description())
                .isEqualTo("use https (not http), please: a'b<c>&d~");
    }

    @Test
    void keepsADescriptionOfExactlyTheLimit() {
        String longest = "x".repeat(Refusal.MAX_DESCRIPTION);
        assertThat(describe(longest).description()).isEqualTo(longest);
    }

    @Test
    void cutsALongerDescriptionAndShowsThatItDid() {
        assertThat(describe("x".repeat(Refusal.MAX_DESCRIPTION + 1)).description())
                .hasSize(Refusal.MAX_DESCRIPTION)
                .endsWith("x...");
    }

    @Test
    void replacesWhatNoErrorDescriptionMayHold() {
        assertThat(describe("a\"b\\c\r\nd\te\u0000f\u00e9g\ud83d\ude00h\u202ei\ud800")
                        .description())
                .isEqualTo("a?b?c??d?e?f?g?h?i?");
    }

    @Test
    void leavesErrorDetailAndSectionAlone() {
        Refusal refusal = new Refusal(
                RefusalCode.RESOURCE_UNKNOWN, "invalid_target", "d", "hint \"quoted\"", "RFC 8707 section 2");
        assertThat(refusal.error()).isEqualTo("invalid_target");
        assertThat(refusal.detail()).isEqualTo("hint \"quoted\"");
        assertThat(refusal.section()).isEqualTo("RFC 8707 section 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"", "'", "<", ">", "&", "\\", "`", " ", "\n", "\u0000", "\u007f", "\u00e9", "\ud83d\ude00"})
    void showsNothingInAnExcerptThatHasAMeaningElsewhere(String character) {
        assertThat(Refusal.excerpt("a" + character + "b")).isEqualTo("a?b");
    }

    @Test
    void showsAnOrdinaryUriInAnExcerpt() {
        assertThat(Refusal.excerpt("https://vscode.dev:443/a?b=c#d~e%20"))
                .isEqualTo("https://vscode.dev:443/a?b=c#d~e%20");
        assertThat(Refusal.excerpt("")).isEmpty();
    }

    @Test
    void cutsAnExcerptAtSixtyCharacters() {
        assertThat(Refusal.excerpt("x".repeat(60))).isEqualTo("x".repeat(60));
        assertThat(Refusal.excerpt("x".repeat(61))).isEqualTo("x".repeat(57) + "...");
        assertThat(Refusal.excerpt("\ud83d\ude00".repeat(61))).isEqualTo("?".repeat(57) + "...");
        assertThat(Refusal.excerpt("x".repeat(1_000_000))).hasSize(60);
    }

    @Test
    void sendsOnlyWhatTheStandardAllowsWhateverARulePutsIn() {
        Cases.check(5_000, chance -> chance.text(300), any -> {
            assertThat(describe(any).description())
                    .matches(WIRE_SAFE)
                    .hasSizeLessThanOrEqualTo(Refusal.MAX_DESCRIPTION);
            assertThat(Refusal.excerpt(any)).matches("[\\x21-\\x7E]*").hasSizeLessThanOrEqualTo(60);
        });
    }

    @Test
    void isAnsweredWith400UnlessSaidOtherwise() {
        assertThat(describe("no").status()).isEqualTo(400);
        assertThat(describe("no").retryAfter()).isZero();
    }

    @Test
    void keepsEverythingElseWhenItIsAnsweredOtherwise() {
        Refusal refusal = describe("no").lacking("editor").withStatus(429).withRetryAfter(Duration.ofMinutes(2));
        assertThat(refusal)
                .isEqualTo(new Refusal(
                        RefusalCode.RESOURCE_UNKNOWN,
                        "invalid_request",
                        "no",
                        "hint",
                        "RFC 6749 section 5.2",
                        429,
                        Duration.ofMinutes(2),
                        "editor"));
    }

    private static Refusal describe(String description) {
        return new Refusal(
                RefusalCode.RESOURCE_UNKNOWN, "invalid_request", description, "hint", "RFC 6749 section 5.2");
    }
}
