package io.github.keycloakmcp.consent;

import java.util.Set;

import io.github.keycloakmcp.platform.ChosenScopes;
import io.github.keycloakmcp.platform.LoginServer;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.rule.consent.Approval;
import io.github.keycloakmcp.rule.resource.McpServer;
import io.github.keycloakmcp.rule.resource.ServerAccess;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.TokenUtil;

/**
 * Stands between login and consent. Keycloak evaluates every required action right before it decides whether to ask for
 * consent, and in the same request in which it shows the page. This one has the user asked for each MCP server anew, and
 * tells the page what the user should know; to a user who may not use the server it shows a page of its own, and no code is
 * issued.
 */
final class McpConsent implements RequiredActionProvider {

    /** What templates find the facts under. */
    private static final String VARIABLE = "mcp";

    private final KeycloakSession session;

    McpConsent(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        AskedApproval.forget(login);
        ServerAccess access = LoginServer.decide(session, login);
        if (access instanceof ServerAccess.Granted) {
            OfflineAccess.removeWithoutRole(session, login);
        }
        if (access instanceof ServerAccess.Denied) {
            login.addRequiredAction(ProviderIds.CONSENT);
        } else {
            login.removeRequiredAction(ProviderIds.CONSENT);
        }
        boolean asks = login.getClient().isConsentRequired() || DeviceGrantType.isOAuth2DeviceVerificationFlow(login);
        if (asks && access instanceof ServerAccess.Granted granted) {
            ask(login, granted.server());
        }
    }

    private void ask(AuthenticationSessionModel login, McpServer server) {
        PageScopes scopes = new PageScopes(session, login, server);
        Set<String> asked = scopes.asked();
        ClientModel client = login.getClient();
        Set<String> granted = new ConsentMemory(session, login.getAuthenticatedUser()).granted(client, server, asked);
        AskedApproval.remember(
                login, new Approval(client.getId(), Approval.key(server.resource()), server.uri(), granted, 0), asked);
        if (granted.containsAll(asked)) {
            // A page that is shown all the same, for the client asks for it, offers everything.
            ChosenScopes.offerAll(login);
        } else {
            ChosenScopes.offerWithout(login, granted);
            // Keycloak then leaves aside what was consented to before, and answers prompt=none with an error.
            login.setClientNote(
                    OIDCLoginProtocol.PROMPT_PARAM, withConsent(login.getClientNote(OIDCLoginProtocol.PROMPT_PARAM)));
        }
        session.getProvider(LoginFormsProvider.class)
                .setAttribute(VARIABLE, new ConsentPage(session, login, server, scopes).facts());
    }

    private static @Nullable String withConsent(@Nullable String prompt) {
        if (TokenUtil.hasPrompt(prompt, OIDCLoginProtocol.PROMPT_VALUE_CONSENT)) {
            return prompt;
        }
        return prompt == null
                ? OIDCLoginProtocol.PROMPT_VALUE_CONSENT
                : prompt + " " + OIDCLoginProtocol.PROMPT_VALUE_CONSENT;
    }

    /** Shown only to a user without access, who may have got it since. */
    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        if (LoginServer.decide(session, context.getAuthenticationSession()) instanceof ServerAccess.Denied denied) {
            context.challenge(NoAccessPage.show(session, context, denied));
        } else {
            context.success();
        }
    }

    /** The user goes back to the application. */
    @Override
    public void processAction(RequiredActionContext context) {
        if (LoginServer.decide(session, context.getAuthenticationSession()) instanceof ServerAccess.Denied denied) {
            context.failure(denied.refusal().description());
        } else {
            context.success();
        }
    }

    @Override
    public void close() {}
}
