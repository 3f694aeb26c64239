package io.github.keycloakmcp.registration;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.McpClients;
import io.github.keycloakmcp.platform.McpScopes;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.rule.cimd.DocumentUrl;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.ClientPolicyConditionConfigurationRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyVote;
import org.keycloak.services.clientpolicy.condition.AbstractClientPolicyConditionProvider;
import org.keycloak.services.clientpolicy.context.AdminClientRegisterContext;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;
import org.keycloak.services.clientpolicy.context.ClientModelContext;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;

/**
 * Lets a client policy concern MCP clients only: those that registered themselves or have an MCP scope. So is a
 * request to become a client without an administrator. All other clients of the realm go on as before.
 */
final class McpClientCondition
        extends AbstractClientPolicyConditionProvider<ClientPolicyConditionConfigurationRepresentation> {

    McpClientCondition(KeycloakSession session) {
        super(session);
    }

    @Override
    public String getProviderId() {
        return ProviderIds.CLIENT_CONDITION;
    }

    @Override
    public ClientPolicyVote applyPolicy(ClientPolicyContext context) {
        return isMcp(context) ? ClientPolicyVote.YES : ClientPolicyVote.NO;
    }

    private boolean isMcp(ClientPolicyContext context) {
        RealmModel realm = session.getContext().getRealm();
        if (context instanceof ClientCRUDContext change) {
            ClientModel stored = change.getTargetClient();
            ClientRepresentation proposed = change.getProposedClientRepresentation();
            return (stored == null ? !(context instanceof AdminClientRegisterContext) : McpClients.isMcp(stored))
                    || (proposed != null && hasScope(proposed, realm));
        }
        if (context instanceof PreAuthorizationRequestContext before) {
            ClientModel known = realm.getClientByClientId(before.getClientId());
            return known == null ? DocumentUrl.isMeant(before.getClientId()) : McpClients.isMcp(known);
        }
        ClientModel client = context instanceof ClientModelContext asked
                ? asked.getClient()
                : session.getContext().getClient();
        return client != null && McpClients.isMcp(client);
    }

    private boolean hasScope(ClientRepresentation proposed, RealmModel realm) {
        List<String> scopes = Stream.of(proposed.getDefaultClientScopes(), proposed.getOptionalClientScopes())
                .filter(Objects::nonNull)
                .<String>mapMulti(Collection::forEach)
                .toList();
        return !McpScopes.named(session, realm, scopes).isEmpty();
    }
}
