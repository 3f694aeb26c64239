package io.github.keycloakmcp.registration;

import java.util.ArrayList;
import java.util.List;

import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.clientregistration.ClientRegistrationAuth;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicyManager;
import org.keycloak.services.cors.Cors;

/**
 * Lets a program in a browser read the answer, whatever it will be. Keycloak says so with successes only, and without it
 * a browser shows its program no status, no error and no description.
 */
final class AllowedOrigins {

    private AllowedOrigins() {}

    /** Adds the CORS headers to the response, or refuses an origin that no policy allows. */
    static void tell(KeycloakSession session, ClientRegistrationAuth auth) {
        List<String> origins = new ArrayList<>(
                ClientRegistrationPolicyManager.getAllowedOrigins(session, auth.resolveRegistrationAuth()));
        AccessToken token = auth.getJwt();
        if (token != null && token.getAllowedOrigins() != null) {
            origins.addAll(token.getAllowedOrigins());
        }
        Cors.builder().auth().checkAllowedOrigins(origins).add();
    }
}
