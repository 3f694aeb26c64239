package io.github.keycloakmcp.admission;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.keycloakmcp.rule.registration.ClientMetadata;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.Constants;
import org.keycloak.models.OAuth2DeviceConfig;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * Translates the client that Keycloak is about to store back into the terms of RFC 7591. Judging what will be stored,
 * rather than what was sent, leaves no gap between the two.
 */
public final class RequestedMetadata {

    private static final Map<String, String> LINKS = Map.of(
            "logoUri", "logo_uri",
            "policyUri", "policy_uri",
            "tosUri", "tos_uri",
            "frontchannel.logout.url", "frontchannel_logout_uri");

    private static final Map<String, String> FETCHED = Map.of(
            "jwks.url",
            "jwks_uri",
            "request.uris",
            "request_uris",
            "backchannel.logout.url",
            "backchannel_logout_uri",
            OIDCConfigAttributes.SECTOR_IDENTIFIER_URI,
            "sector_identifier_uri",
            CibaConfig.CIBA_BACKCHANNEL_CLIENT_NOTIFICATION_ENDPOINT,
            "backchannel_client_notification_endpoint");

    /** Attributes with which Keycloak stores that a grant is switched on. */
    private static final Map<String, String> GRANTS = Map.of(
            OAuth2DeviceConfig.OAUTH2_DEVICE_AUTHORIZATION_GRANT_ENABLED, OAuth2Constants.DEVICE_CODE_GRANT_TYPE,
            CibaConfig.OIDC_CIBA_GRANT_ENABLED, OAuth2Constants.CIBA_GRANT_TYPE,
            OIDCConfigAttributes.STANDARD_TOKEN_EXCHANGE_ENABLED, OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE,
            OIDCConfigAttributes.JWT_AUTHORIZATION_GRANT_ENABLED, OAuth2Constants.JWT_AUTHORIZATION_GRANT);

    private RequestedMetadata() {}

    public static ClientMetadata of(ClientRepresentation client) {
        Map<String, String> attributes = client.getAttributes() == null ? Map.of() : client.getAttributes();
        Map<String, String> links = members(attributes, LINKS);
        if (client.getBaseUrl() != null && !client.getBaseUrl().isEmpty()) {
            links.put("client_uri", client.getBaseUrl());
        }
        return new ClientMetadata(
                document(client.getClientId()),
                client.getName() == null ? "" : client.getName(),
                listed(client.getRedirectUris()),
                values(attributes.get(OIDCConfigAttributes.POST_LOGOUT_REDIRECT_URIS)),
                links,
                members(attributes, FETCHED),
                grantTypes(client, attributes),
                responseTypes(client),
                listed(client.getOptionalClientScopes()));
    }

    /** A client that registers is given an identifier, so none that is an address came in another way than by a document. */
    private static String document(@Nullable String clientId) {
        return clientId != null && clientId.startsWith("https://") ? clientId : "";
    }

    private static Set<String> grantTypes(ClientRepresentation client, Map<String, String> attributes) {
        Set<String> grants = new HashSet<>();
        if (!Boolean.FALSE.equals(client.isStandardFlowEnabled())) {
            grants.add(OAuth2Constants.AUTHORIZATION_CODE);
        }
        if (Boolean.TRUE.equals(client.isImplicitFlowEnabled())) {
            grants.add(OAuth2Constants.IMPLICIT);
        }
        if (Boolean.TRUE.equals(client.isDirectAccessGrantsEnabled())) {
            grants.add(OAuth2Constants.PASSWORD);
        }
        if (Boolean.TRUE.equals(client.isServiceAccountsEnabled())) {
            grants.add(OAuth2Constants.CLIENT_CREDENTIALS);
        }
        if (Boolean.TRUE.equals(client.getAuthorizationServicesEnabled())) {
            grants.add(OAuth2Constants.UMA_GRANT_TYPE);
        }
        GRANTS.forEach((attribute, grant) -> {
            if (Boolean.parseBoolean(attributes.get(attribute))) {
                grants.add(grant);
            }
        });
        return grants;
    }

    private static Set<String> responseTypes(ClientRepresentation client) {
        return Boolean.TRUE.equals(client.isImplicitFlowEnabled()) ? Set.of("code", "token") : Set.of("code");
    }

    private static Map<String, String> members(Map<String, String> attributes, Map<String, String> names) {
        Map<String, String> members = new HashMap<>();
        names.forEach((attribute, member) -> {
            List<String> values = values(attributes.get(attribute));
            for (int i = 0; i < values.size(); i++) {
                members.put(i == 0 ? member : member + "[" + i + "]", values.get(i));
            }
        });
        return members;
    }

    private static List<String> values(@Nullable String attribute) {
        return attribute == null
                ? List.of()
                : Arrays.stream(attribute.split(Constants.CFG_DELIMITER))
                        .filter(value -> !value.isEmpty())
                        .toList();
    }

    private static List<String> listed(@Nullable List<String> values) {
        return values == null
                ? List.of()
                : values.stream()
                        .filter(value -> value != null && !value.isEmpty())
                        .toList();
    }
}
