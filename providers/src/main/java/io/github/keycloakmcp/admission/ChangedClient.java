package io.github.keycloakmcp.admission;

import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonMappingException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.ModelToRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.util.JsonSerialization;

/**
 * The client that results from an update. Keycloak leaves alone what an update does not name, so a request that looks
 * harmless by itself may complete something that is not.
 */
final class ChangedClient {

    private ChangedClient() {}

    /** What {@code stored} would be after {@code change}; its scopes are those that the change asks for. */
    static ClientRepresentation of(KeycloakSession session, ClientModel stored, ClientRepresentation change) {
        ClientRepresentation result = ModelToRepresentation.toRepresentation(stored, session);
        Map<String, String> attributes = new HashMap<>(result.getAttributes());
        if (change.getAttributes() != null) {
            attributes.putAll(change.getAttributes());
        }
        try {
            JsonSerialization.mapper.updateValue(result, change);
        } catch (JsonMappingException e) {
            throw new IllegalStateException("Keycloak cannot read its own representation of a client", e);
        }
        result.setAttributes(attributes);
        result.setOptionalClientScopes(change.getOptionalClientScopes());
        return result;
    }
}
