package io.github.keycloakmcp.admission;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * What a client asked for in this request, where admission writes something else: its redirect URIs get company, its
 * scopes are replaced. Two shells may admit the same client one after the other, and the second has to judge what the
 * client asked for, not what the first has made of it.
 *
 * @param client the representation, the same object for both shells
 * @param redirectUris {@code redirect_uris}
 * @param scopes what the member {@literal scope} lists
 */
record AskedMetadata(
        ClientRepresentation client,
        @Nullable List<String> redirectUris,
        @Nullable List<String> scopes) {

    private static final String ATTRIBUTE = AskedMetadata.class.getName();

    /**
     * Puts back what {@code client} asked for where another shell has admitted it in this request, else remembers it.
     *
     * @return whether another shell has
     */
    static boolean restore(KeycloakSession session, ClientRepresentation client) {
        AskedMetadata asked = session.getAttribute(ATTRIBUTE, AskedMetadata.class);
        if (asked == null || asked.client() != client) {
            session.setAttribute(
                    ATTRIBUTE, new AskedMetadata(client, client.getRedirectUris(), client.getOptionalClientScopes()));
            return false;
        }
        client.setRedirectUris(asked.redirectUris());
        client.setOptionalClientScopes(asked.scopes());
        return true;
    }
}
