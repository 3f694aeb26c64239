package io.github.keycloakmcp.resource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.Constants;
import org.keycloak.representations.RefreshToken;
import org.keycloak.util.JsonSerialization;

/**
 * What a refresh token says about its grant. The post-processor gets it of the token that Keycloak has read. A mapper, which
 * gets no such token, reads these claims alone, because Keycloak's class costs several times as much.
 *
 * @param id the id of the refresh token
 * @param scope the scopes that were granted
 * @param resources the declared URIs that were granted; null in a token that this extension did not bind
 * @param reuseId under which Keycloak counts its uses: one per login, so that two logins with one client do not disturb each other
 */
record RefreshedGrant(
        String id, @Nullable String scope, @Nullable List<String> resources, String reuseId) {

    /**
     * Claim of our refresh tokens: JSON array of the declared URIs that were granted. Not named {@code resource}, which
     * Keycloak's own experimental feature reads as one string.
     */
    static final String CLAIM = "mcp_resource";

    private static final String ID = "jti";

    static RefreshedGrant of(RefreshToken token) {
        Object reuseId = token.getOtherClaims().get(Constants.REUSE_ID);
        return new RefreshedGrant(
                String.valueOf(token.getId()),
                token.getScope(),
                token.getOtherClaims().get(CLAIM) instanceof List<?> uris
                        ? uris.stream().map(String::valueOf).toList()
                        : null,
                reuseId == null ? "" : reuseId.toString());
    }

    /** Reads the claims of a token that Keycloak has verified before. */
    static RefreshedGrant read(byte[] claims) throws IOException {
        String id = "";
        String scope = null;
        String reuseId = "";
        List<String> resources = null;
        try (JsonParser json = JsonSerialization.mapper.getFactory().createParser(claims)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("claims are no object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals(CLAIM)) {
                    resources = value == JsonToken.START_ARRAY ? texts(json) : null;
                } else if (value == JsonToken.VALUE_STRING && name.equals(ID)) {
                    id = json.getText();
                } else if (value == JsonToken.VALUE_STRING && name.equals(OAuth2Constants.SCOPE)) {
                    scope = json.getText();
                } else if (value == JsonToken.VALUE_STRING && name.equals(Constants.REUSE_ID)) {
                    reuseId = json.getText();
                }
                json.skipChildren();
            }
            if (json.currentToken() != JsonToken.END_OBJECT) {
                throw new IOException("claims end in the middle");
            }
        }
        return new RefreshedGrant(id, scope, resources, reuseId);
    }

    private static List<String> texts(JsonParser array) throws IOException {
        List<String> texts = new ArrayList<>();
        while (array.nextToken() != JsonToken.END_ARRAY) {
            texts.add(array.getText());
            array.skipChildren();
        }
        return texts;
    }
}
