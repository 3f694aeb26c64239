package io.github.keycloakmcp.admission;

import java.util.HashMap;
import java.util.Map;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.rule.registration.ClientMetadata;
import io.github.keycloakmcp.rule.registration.KnownClient;
import io.github.keycloakmcp.rule.registration.KnownClients;
import org.keycloak.common.util.Time;
import org.keycloak.models.OAuth2DeviceConfig;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.representations.idm.ClientRepresentation;

/** What every client that introduces itself has, whatever it asks to be. */
final class McpDefaults {

    private static final String PKCE_METHOD = "S256";

    /** What users read beside the client's name in their account, where nothing else tells it from an administrator's. */
    private static final String SELF_REGISTERED = "Self-registered; not added by an administrator.";

    /** With an empty value Keycloak removes an attribute. */
    private static final String REMOVED = "";

    private McpDefaults() {}

    /**
     * Gives a client the values that it did not choose, without which a stolen code or a forged consent is enough, and notes who
     * it provably is; what its redirect URIs prove no longer is taken back.
     *
     * @param written what Keycloak will write
     * @param result the metadata of the client that results from it
     */
    static void give(ClientRepresentation written, ClientMetadata result) {
        Map<String, String> attributes = written.getAttributes() == null ? new HashMap<>() : written.getAttributes();
        attributes.put(OIDCConfigAttributes.PKCE_CODE_CHALLENGE_METHOD, PKCE_METHOD);
        attributes.put(ClientAttributes.KNOWN_CLIENT, knownAs(result));
        written.setAttributes(attributes);
        written.setConsentRequired(true);
        written.setFullScopeAllowed(false);
    }

    /** Marks a new client as one that registered itself. */
    static void mark(ClientRepresentation client) {
        client.getAttributes().put(ClientAttributes.REGISTERED, Integer.toString(Time.currentTime()));
        client.setDescription(SELF_REGISTERED);
    }

    /** Marks a self-registered client as one that an administrator has saved, and so wants. */
    static void markAdministered(ClientRepresentation client) {
        client.getAttributes().put(ClientAttributes.ADMINISTERED, Integer.toString(Time.currentTime()));
    }

    /**
     * VS Code registers with every grant it knows that the metadata lists, and Keycloak's metadata always lists the
     * device grant. A client that also knows it is no reason to refuse; the response tells the grants it has got.
     */
    static void withoutDeviceGrant(ClientRepresentation client) {
        if (client.getAttributes() != null) {
            client.getAttributes().remove(OAuth2DeviceConfig.OAUTH2_DEVICE_AUTHORIZATION_GRANT_ENABLED);
        }
    }

    private static String knownAs(ClientMetadata client) {
        return KnownClients.proven(client.document(), client.redirectUris())
                .map(KnownClient::id)
                .orElse(REMOVED);
    }
}
