package io.github.keycloakmcp.admin;

import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * Who asks, for which realm. Rights are Keycloak's own: to look one needs {@code view-realm} and {@code view-clients}, to
 * change {@code manage-realm} and {@code manage-clients}, because every call reads or writes both.
 *
 * @param session the session of the request
 * @param realm the realm that the request is about
 * @param auth what the administrator may do in it
 * @param event records what was changed
 */
record AdminContext(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder event) {

    private static final String EVENT_RESOURCE = "MCP";

    void mayView() {
        auth.realm().requireViewRealm();
        auth.clients().requireView();
    }

    /** Events name users' clients and errors, so they need a right of their own, {@code view-events}. */
    boolean mayViewEvents() {
        return auth.realm().canViewEvents();
    }

    void mayManage() {
        auth.realm().requireManageRealm();
        auth.clients().requireManage();
    }

    /** Records a change as an admin event. */
    void did(OperationType operation, Object representation) {
        event.resource(EVENT_RESOURCE)
                .operation(operation)
                .resourcePath(session.getContext().getUri())
                .representation(representation)
                .success();
    }
}
