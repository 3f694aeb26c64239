package io.github.keycloakmcp.tests.client;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** What has to hold of issued tokens. */
public final class TokenAssertion extends AbstractAssert<TokenAssertion, Tokens> {

    private TokenAssertion(@Nullable Tokens actual) {
        super(actual, TokenAssertion.class);
    }

    /** Starts with tokens. */
    public static TokenAssertion assertThat(Tokens tokens) {
        return new TokenAssertion(tokens);
    }

    /** The token is good for exactly these audiences, in any order. */
    public TokenAssertion isFor(String... audiences) {
        Assertions.assertThat(actual.audience()).as("aud").containsExactlyInAnyOrder(audiences);
        return this;
    }

    /** The token has no audience. */
    public TokenAssertion isForNobody() {
        Assertions.assertThat(actual.audience()).as("aud").isEmpty();
        return this;
    }

    /** The token has at least these scopes. */
    public TokenAssertion hasScopes(String... scopes) {
        Assertions.assertThat(actual.scopes()).as("scope").contains(scopes);
        return this;
    }

    /** The token has none of these scopes. */
    public TokenAssertion lacksScopes(String... scopes) {
        Assertions.assertThat(actual.scopes()).as("scope").doesNotContain(scopes);
        return this;
    }

    /** The token speaks of this user. */
    public TokenAssertion isOf(String username) {
        Assertions.assertThat(actual.claim("preferred_username"))
                .as("preferred_username")
                .isEqualTo(username);
        return this;
    }

    /** A claim has this text. */
    public TokenAssertion hasClaim(String name, String value) {
        Assertions.assertThat(actual.claim(name)).as(name).isEqualTo(value);
        return this;
    }
}
