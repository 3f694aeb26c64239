package io.github.keycloakmcp.tests.client;

import java.util.Optional;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * What has to hold of a refusal: the OAuth error, and a description that a client can show. Works on answers of
 * endpoints and on errors that came back through the browser.
 */
public final class ErrorAssertion extends AbstractAssert<ErrorAssertion, ErrorAssertion.Refusal> {

    private static final int LONGEST_DESCRIPTION = 200;

    /**
     * The parts of a refusal.
     *
     * @param error the OAuth error code
     * @param description its description
     * @param whole everything, for failure messages
     */
    public record Refusal(Optional<String> error, Optional<String> description, String whole) {}

    private ErrorAssertion(@Nullable Refusal actual) {
        super(actual, ErrorAssertion.class);
    }

    /** Starts with an answer, which has to be JSON with this status. */
    public static ErrorAssertion assertRefused(OAuthReply reply, int status) {
        String whole = reply.reply().bodyWithoutTokens();
        Assertions.assertThat(reply.status()).as(whole).isEqualTo(status);
        Assertions.assertThat(reply.header("Content-Type").orElse("")).as(whole).startsWith("application/json");
        return new ErrorAssertion(new Refusal(reply.error(), reply.errorDescription(), whole));
    }

    /** Starts with a redirect that came back to the client without a code. */
    public static ErrorAssertion assertRefused(AuthorizationReply reply) {
        String whole = reply.redirect().toString();
        Assertions.assertThat(reply.hasCode()).as(whole).isFalse();
        return new ErrorAssertion(new Refusal(reply.error(), reply.errorDescription(), whole));
    }

    /** The error code is this one. */
    public ErrorAssertion hasError(String code) {
        Assertions.assertThat(actual.error()).as(actual.whole()).contains(code);
        return this;
    }

    /** There is a description with these words in it, and it is short. */
    public ErrorAssertion saying(String... words) {
        Assertions.assertThat(actual.description().orElse(""))
                .as(actual.whole())
                .contains(words)
                .hasSizeLessThanOrEqualTo(LONGEST_DESCRIPTION);
        return this;
    }

    /** The description has none of these words. */
    public ErrorAssertion notSaying(String... words) {
        Assertions.assertThat(actual.description().orElse("")).doesNotContain(words);
        return this;
    }
}
