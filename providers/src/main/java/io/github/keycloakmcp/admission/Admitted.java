package io.github.keycloakmcp.admission;

import java.util.List;
import java.util.Optional;

import io.github.keycloakmcp.settings.LimitSettings;
import org.keycloak.models.KeycloakSession;

/**
 * What admission decided in this request, handed from the shell that asked it to the endpoint that answers.
 *
 * @param scopes the effective scope values, which the answer must tell (RFC 7591 section 3.2.1); Keycloak's own answer
 *     lists optional scopes only
 * @param shareable whether the client may be one that has registered before
 * @param limits how many clients may register; asked only for one that has not registered before
 */
public record Admitted(List<String> scopes, boolean shareable, LimitSettings limits) {

    private static final String ATTRIBUTE = Admitted.class.getName();

    void keepIn(KeycloakSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    /** What was decided in this request, or nothing where no shell of ours was asked. */
    public static Optional<Admitted> in(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(ATTRIBUTE, Admitted.class));
    }
}
