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

    /** Tells whether a second use, so long after the first one, is the same client being clumsy rather than a theft. */
    public boolean forgives(int secondsSinceFirstUse) {
        return secondsSinceFirstUse >= 0 && secondsSinceFirstUse < seconds;
    }
}
