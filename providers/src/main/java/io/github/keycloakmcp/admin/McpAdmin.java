package io.github.keycloakmcp.admin;

import io.github.keycloakmcp.fetch.GuardedFetch;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Hands the administrator who is already authenticated to the resource. */
final class McpAdmin implements AdminRealmResourceProvider {

    private final GuardedFetch fetch;

    McpAdmin(GuardedFetch fetch) {
        this.fetch = fetch;
    }

    @Override
    public Object getResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        return new McpRealmResource(new AdminContext(session, realm, auth, adminEvent), fetch);
    }

    @Override
    public void close() {}
}
