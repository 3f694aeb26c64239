package io.github.keycloakmcp.registration;

import java.util.List;
import java.util.Optional;

import org.keycloak.models.KeycloakSession;

/**
 * The {@code scope} that a registration response must tell (RFC 7591 section 3.2.1), handed from the policy that decides
 * it to the endpoint that answers. Keycloak's own answer lists optional scopes only.
 *
 * @param value space-separated scope values
 */
record EffectiveScope(String value) {

    private static final String ATTRIBUTE = EffectiveScope.class.getName();

    static EffectiveScope of(List<String> scopes) {
        return new EffectiveScope(String.join(" ", scopes));
    }

    void keepIn(KeycloakSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    /** What the policy decided in this request, or nothing where no policy of ours governs it. */
    static Optional<EffectiveScope> decidedIn(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(ATTRIBUTE, EffectiveScope.class));
    }
}
