package io.github.keycloakmcp.registration;

import java.util.List;
import java.util.stream.Stream;

import io.github.keycloakmcp.admission.Admitted;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.oidc.OIDCClientRepresentation;

/**
 * Keycloak's answer to a registration, completed where our policy has decided in this request: the scopes that the client
 * may use, nothing that it has not requested, and no address to manage a client that has no token for it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1">RFC 7591, section 3.2.1</a>
 */
final class RegistrationAnswer {

    private RegistrationAnswer() {}

    static Response complete(KeycloakSession session, Response response, @Nullable String applicationType) {
        Admitted.in(session).ifPresent(admitted -> {
            if (response.getEntity() instanceof OIDCClientRepresentation client) {
                client.setScope(String.join(" ", admitted.scopes()));
                client.setResponseTypes(withoutNone(client.getResponseTypes()));
                client.setApplicationType(applicationType);
                if (client.getRegistrationAccessToken() == null) {
                    client.setRegistrationClientUri(null);
                    response.getHeaders().remove(HttpHeaders.LOCATION);
                }
            }
        });
        return response;
    }

    /** Keycloak adds {@code none}, which no client has requested and OAuth 2.1 does not know. */
    private static List<String> withoutNone(@Nullable List<String> responseTypes) {
        return Stream.ofNullable(responseTypes)
                .flatMap(List::stream)
                .filter(type -> !type.equals("none"))
                .toList();
    }
}
