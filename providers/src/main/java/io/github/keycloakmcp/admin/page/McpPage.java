package io.github.keycloakmcp.admin.page;

import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;

/** Hands the request to the resource. */
final class McpPage implements RealmResourceProvider {

    private final KeycloakSession session;

    McpPage(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Object getResource() {
        return new PageFiles(session);
    }

    @Override
    public void close() {}
}
