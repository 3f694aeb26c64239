package io.github.keycloakmcp.consent;

import io.github.keycloakmcp.platform.LoginServer;
import io.github.keycloakmcp.platform.McpMetrics;
import io.github.keycloakmcp.platform.OwnEvent;
import io.github.keycloakmcp.platform.Refusals;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.resource.ServerAccess;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Tells a user who may not use an MCP server which server and which role it is, before a code is issued. From the page the
 * user goes back to the application, which gets {@code access_denied}.
 */
final class NoAccessPage {

    private static final String TEMPLATE = "mcp-no-access.ftl";

    /** Note of a login: what has been recorded of it, so that loading the page again records nothing. */
    private static final String RECORDED = "mcp.denied";

    private NoAccessPage() {}

    static Response show(KeycloakSession session, RequiredActionContext context, ServerAccess.Denied denied) {
        record(session, context, denied.refusal());
        return context.form()
                .setAttribute("mcpServer", denied.server())
                .setAttribute("mcpRole", denied.role())
                .createForm(TEMPLATE);
    }

    private static void record(KeycloakSession session, RequiredActionContext context, Refusal refusal) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        String reason = Refusals.reason(refusal);
        if (reason.equals(login.getAuthNote(RECORDED))) {
            return;
        }
        login.setAuthNote(RECORDED, reason);
        UserModel user = context.getUser();
        EventBuilder event = OwnEvent.of(session, EventType.LOGIN)
                .client(login.getClient())
                .user(user)
                .detail(Details.USERNAME, user.getUsername())
                .detail(Details.REDIRECT_URI, login.getRedirectUri());
        Refusals.describe(LoginServer.note(event, session, login), refusal).error(refusal.error());
        McpMetrics.refused(context.getRealm(), EventType.LOGIN_ERROR, refusal);
    }
}
