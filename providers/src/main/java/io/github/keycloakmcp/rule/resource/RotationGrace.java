package io.github.keycloakmcp.rule.resource;

/**
 * How long a refresh token that has been used may be used again. Real clients send the same refresh token twice within a
 * moment; without grace they lose their session, and with the unlimited reuse that Keycloak offers instead a stolen
 * token stays good until the next refresh.
 *
 * @param seconds the window after the first use; 0 forgives nothing
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1#section-4.3.1">OAuth 2.1, section 4.3.1</a>
 */
public record RotationGrace(int seconds) {

    /** How far, in seconds, the clock of one node may be behind that of another one. */
    private static final int CLOCK_SKEW = 5;

    /**
     * Tells whether a second use is the same client sending twice rather than a theft.
     *
     * @param secondsSinceFirstUse below zero where another node, whose clock is ahead, answered the first use
     */
    public boolean forgives(int secondsSinceFirstUse) {
        return isGiven() && secondsSinceFirstUse >= -CLOCK_SKEW && secondsSinceFirstUse < seconds;
    }

    /** Tells whether any second use is forgiven. */
    public boolean isGiven() {
        return seconds > 0;
    }
}
