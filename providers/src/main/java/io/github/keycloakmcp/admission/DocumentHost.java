package io.github.keycloakmcp.admission;

import java.util.Optional;

import org.keycloak.models.KeycloakSession;

/**
 * The host from which the metadata document of a client has just been read, where that is reason enough to send codes
 * there. Every shell that judges the client in this request has to know it.
 *
 * @param name the host, with the port where it is not 443
 */
public record DocumentHost(String name) {

    private static final String ATTRIBUTE = DocumentHost.class.getName();

    public void keepIn(KeycloakSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    static Optional<DocumentHost> in(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(ATTRIBUTE, DocumentHost.class));
    }
}
