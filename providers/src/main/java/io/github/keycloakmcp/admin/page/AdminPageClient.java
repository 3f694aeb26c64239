package io.github.keycloakmcp.admin.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.keycloakmcp.platform.ManagedMark;
import org.keycloak.common.util.Encode;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.services.managers.RealmManager;

/**
 * The client with which the admin page logs administrators in. It is public, because the page is; PKCE and the one redirect
 * URI are what protects it. Its tokens carry the seven roles that the page needs and no others, whatever the administrator
 * has, live for five minutes, and are not refreshed: the page logs in again, which the session makes invisible.
 */
public final class AdminPageClient {

    public static final String ID = "mcp-admin-page";

    private static final String PAGE = "/mcp-admin/";

    private static final String TOKEN_SECONDS = "300";

    private static final List<String> ROLES = List.of(
            AdminRoles.VIEW_REALM,
            AdminRoles.VIEW_CLIENTS,
            AdminRoles.VIEW_EVENTS,
            AdminRoles.VIEW_USERS,
            AdminRoles.MANAGE_REALM,
            AdminRoles.MANAGE_CLIENTS,
            AdminRoles.QUERY_REALMS);

    private AdminPageClient() {}

    /** The client, enabled or not. Another client of this id, which an administrator has made, is not it. */
    public static Optional<ClientModel> find(RealmModel realm) {
        return Optional.ofNullable(realm.getClientByClientId(ID)).filter(AdminPageClient::isOurs);
    }

    /** Whether the page is there to be used. */
    public static boolean isOn(RealmModel realm) {
        return find(realm).filter(ClientModel::isEnabled).isPresent();
    }

    /** Older versions did not mark it; no other client has the page for its one redirect URI. */
    private static boolean isOurs(ClientModel client) {
        return ManagedMark.isOn(client.getAttributes())
                || (client.getRedirectUris().size() == 1
                        && client.getRedirectUris().iterator().next().endsWith(PAGE));
    }

    /** Enables it again, for the page of the realm as it is called now, with the roles that the page needs now. */
    public static void renew(KeycloakSession session, RealmModel realm, ClientModel client) {
        client.setEnabled(true);
        client.setRedirectUris(Set.of(redirectUri(realm)));
        client.setAttribute(ManagedMark.ATTRIBUTE, "true");
        addRoles(session, realm, client);
    }

    private static String redirectUri(RealmModel realm) {
        return "/realms/" + Encode.encodePathSegmentAsIs(realm.getName()) + PAGE;
    }

    public static void create(KeycloakSession session, RealmModel realm) {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(ID);
        client.setName("MCP administration");
        client.setEnabled(true);
        client.setPublicClient(true);
        client.setStandardFlowEnabled(true);
        client.setImplicitFlowEnabled(false);
        client.setDirectAccessGrantsEnabled(false);
        client.setFullScopeAllowed(false);
        client.setRootUrl(Constants.AUTH_BASE_URL_PROP);
        client.setRedirectUris(List.of(redirectUri(realm)));
        client.setWebOrigins(List.of("+"));
        client.setDefaultClientScopes(List.of("basic", "roles", "web-origins"));
        client.setOptionalClientScopes(List.of());
        client.setAttributes(Map.of(
                ManagedMark.ATTRIBUTE, "true",
                OIDCConfigAttributes.PKCE_CODE_CHALLENGE_METHOD, "S256",
                OIDCConfigAttributes.USE_REFRESH_TOKEN, "false",
                OIDCConfigAttributes.ACCESS_TOKEN_LIFESPAN, TOKEN_SECONDS));
        ClientModel created = ClientManager.createClient(session, realm, client);
        addRoles(session, realm, created);
    }

    private static void addRoles(KeycloakSession session, RealmModel realm, ClientModel client) {
        ClientModel management = realm.getClientByClientId(new RealmManager(session).getRealmAdminClientId(realm));
        ROLES.stream().map(management::getRole).forEach((RoleModel role) -> client.addScopeMapping(role));
    }
}
