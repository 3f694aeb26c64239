package io.github.keycloakmcp.admission;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * The values that a client requested and that admission replaces: its redirect URIs are completed, its scopes assigned. Two
 * shells may admit the same client one after the other, and the second must judge what the client requested, not what the
 * first has written.
 *
 * @param client the representation, the same object for both shells
 * @param redirectUris {@code redirect_uris}
 * @param scopes what the member {@literal scope} lists
 */
record OriginalRequest(
        ClientRepresentation client,
        @Nullable List<String> redirectUris,
        @Nullable List<String> scopes) {

    private static final String ATTRIBUTE = OriginalRequest.class.getName();

    /** Tells whether another shell has been asked about {@code client} in this request. */
    static boolean isKnown(KeycloakSession session, ClientRepresentation client) {
        OriginalRequest original = session.getAttribute(ATTRIBUTE, OriginalRequest.class);
        return original != null && original.client() == client;
    }

    /** Restores what {@code client} requested where another shell has admitted it in this request, else remembers it. */
    static void restore(KeycloakSession session, ClientRepresentation client) {
        OriginalRequest original = session.getAttribute(ATTRIBUTE, OriginalRequest.class);
        if (original == null || original.client() != client) {
            session.setAttribute(
                    ATTRIBUTE, new OriginalRequest(client, client.getRedirectUris(), client.getOptionalClientScopes()));
            return;
        }
        client.setRedirectUris(original.redirectUris());
        client.setOptionalClientScopes(original.scopes());
    }
}
