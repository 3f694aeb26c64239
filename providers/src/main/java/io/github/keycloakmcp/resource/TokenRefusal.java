package io.github.keycloakmcp.resource;

import io.github.keycloakmcp.platform.Refusals;
import io.github.keycloakmcp.platform.RequestEvent;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.resource.GrantedResources;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.CorsErrorResponseException;

/** Refuses a token request from inside of token creation, where Keycloak itself would record no event. */
final class TokenRefusal {

    private TokenRefusal() {}

    static CorsErrorResponseException of(KeycloakSession session, ClientSessionContext context, Refusal refusal) {
        AuthenticatedClientSessionModel clientSession = context.getClientSession();
        EventBuilder event = RequestEvent.of(session)
                .client(clientSession.getClient())
                .session(clientSession.getUserSession())
                .user(clientSession.getUserSession().getUser());
        if (ResourceRequest.presentedGrant(session) instanceof GrantedResources.Carried grant) {
            event.detail(RequestEvent.MCP_RESOURCE, String.join(" ", grant.declared()));
        }
        UsedCodes.keepUsed(session);
        return Refusals.refuse(session, event, refusal);
    }
}
