package io.github.keycloakmcp.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientregistration.oidc.OIDCClientRegistrationProvider;
import org.keycloak.services.cors.Cors;

/** Keycloak's own registration, which does the work behind {@link McpClientRegistrationEndpoint}. */
final class KeycloakRegistration extends OIDCClientRegistrationProvider {

    private @Nullable List<String> origins;

    KeycloakRegistration(KeycloakSession session) {
        super(session);
    }

    /**
     * Lets a program in a browser read the answer, whatever it will be, or refuses an origin that is not allowed.
     * Keycloak says so with successes only, and without it a browser shows its program no status, no error and no
     * description.
     */
    void tellOrigins() {
        Cors.builder().auth().checkAllowedOrigins(getAllowedOrigins()).add();
    }

    /** What registration policies allow, and what our client policy executor does, which Keycloak does not ask. */
    @Override
    protected List<String> getAllowedOrigins() {
        List<String> known = origins;
        if (known == null) {
            known = new ArrayList<>(super.getAllowedOrigins());
            known.addAll(ActiveGuard.configuration(session)
                    .map(guard -> GuardSettings.of(guard, Optional.empty()).origins())
                    .orElse(List.of()));
            origins = known;
        }
        return known;
    }
}
