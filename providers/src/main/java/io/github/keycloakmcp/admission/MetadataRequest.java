package io.github.keycloakmcp.admission;

import org.keycloak.models.KeycloakSession;

/**
 * Marks a request whose client our own endpoint has read as RFC 7591 metadata. Keycloak's other registration endpoints
 * write its own representation, with mappers, roles and flows in it that no rule about metadata would see.
 */
public final class MetadataRequest {

    private static final String ATTRIBUTE = MetadataRequest.class.getName();

    private MetadataRequest() {}

    public static void mark(KeycloakSession session) {
        session.setAttribute(ATTRIBUTE, true);
    }

    /** Tells whether this request is one. */
    public static boolean isIn(KeycloakSession session) {
        return session.getAttribute(ATTRIBUTE) != null;
    }
}
