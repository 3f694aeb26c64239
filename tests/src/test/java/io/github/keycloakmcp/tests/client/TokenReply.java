package io.github.keycloakmcp.tests.client;

/**
 * An answer of the token endpoint.
 *
 * @param reply the answer as it came
 */
public record TokenReply(HttpReply reply) implements OAuthReply {

    /** The tokens; the answer has to be a success that no cache may keep (RFC 6749 section 5.1). */
    public Tokens tokens() {
        expect(200);
        if (!header("Cache-Control").orElse("").contains("no-store")) {
            throw new AssertionError("a token answer may be cached");
        }
        return Tokens.of(json());
    }

    /** Whether tokens were issued. */
    public boolean issued() {
        return status() == 200;
    }
}
