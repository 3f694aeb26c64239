package io.github.keycloakmcp.rule.assertion;

import java.util.Map;
import java.util.Optional;

/**
 * How the user of an assertion is found. With {@link Link}, the default, a user has linked the account before, by a login or by
 * an administrator. The others find users who have never been here; the issuer decides then whose account it is, so they are
 * for a company's own identity provider.
 */
public sealed interface UserMapping {

    /** Only a linked account. */
    record Link() implements UserMapping {

        @Override
        public String text() {
            return "link";
        }

        @Override
        public Optional<String> find(Map<String, Object> claims) {
            return Optional.empty();
        }
    }

    /** A linked account, or the one with the same e-mail address, where both sides have verified it. */
    record Email() implements UserMapping {

        @Override
        public String text() {
            return "email";
        }

        @Override
        public Optional<String> find(Map<String, Object> claims) {
            return Boolean.TRUE.equals(claims.get("email_verified")) ? textIn(claims, "email") : Optional.empty();
        }
    }

    /**
     * A linked account, or the one whose username is the value of a claim.
     *
     * @param name the claim, such as {@code preferred_username}
     */
    record Claim(String name) implements UserMapping {

        @Override
        public String text() {
            return PREFIX + name;
        }

        @Override
        public Optional<String> find(Map<String, Object> claims) {
            return textIn(claims, name);
        }
    }

    /** What the setting of a claim begins with. */
    String PREFIX = "username:";

    /** The setting as it is written. */
    String text();

    /** What to look for in the realm; empty where only a link counts. */
    Optional<String> find(Map<String, Object> claims);

    /** Reads the setting: {@code link}, {@code email} or {@code username:CLAIM}. */
    static Optional<UserMapping> of(String text) {
        if (text.equals("link")) {
            return Optional.of(new Link());
        }
        if (text.equals("email")) {
            return Optional.of(new Email());
        }
        return text.startsWith(PREFIX) && text.length() > PREFIX.length()
                ? Optional.of(new Claim(text.substring(PREFIX.length())))
                : Optional.empty();
    }

    private static Optional<String> textIn(Map<String, Object> claims, String name) {
        return claims.get(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }
}
