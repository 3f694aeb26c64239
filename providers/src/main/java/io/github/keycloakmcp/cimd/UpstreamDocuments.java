package io.github.keycloakmcp.cimd;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.UpstreamFeature;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientPolicyConditionConfigurationRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.ClientPolicyVote;
import org.keycloak.services.clientpolicy.condition.ClientPolicyConditionProvider;
import org.keycloak.util.JsonSerialization;

/**
 * Keycloak's own experimental executor for metadata documents, where its feature is on and a client policy uses it. An
 * administrator who has written such a policy has decided for it, for the client ids of the policy; for all others the
 * executor of this extension decides. Without looking at the conditions, neither executor would decide about the documents of other hosts.
 */
final class UpstreamDocuments {

    /** The attribute by which Keycloak's executor knows its clients; without it, a client is one of an administrator. */
    static final String EXPIRES = "cimd.cache.expiry.time.in.sec";

    private UpstreamDocuments() {}

    /** Tells whether Keycloak's executor decides about the document of a request. */
    static boolean decide(KeycloakSession session, ClientPolicyContext context) throws ClientPolicyException {
        if (!UpstreamFeature.CIMD.isOn()) {
            return false;
        }
        for (JsonNode policy : ActiveExecutors.in(session).policiesWith(ProviderIds.UPSTREAM_DOCUMENTS)) {
            if (applies(session, policy, context)) {
                return true;
            }
        }
        return false;
    }

    /** Lets Keycloak's executor find a client of this extension as one of its own, if a policy ever gives it to it. */
    static void name(Map<String, String> attributes) {
        if (UpstreamFeature.CIMD.isOn()) {
            attributes.put(EXPIRES, attributes.get(ClientAttributes.DOCUMENT_EXPIRES));
        }
    }

    /** Tells what Keycloak would: each condition votes yes or abstains, and at least one votes yes. */
    private static boolean applies(KeycloakSession session, JsonNode policy, ClientPolicyContext context)
            throws ClientPolicyException {
        boolean strict = "strict".equalsIgnoreCase(policy.path("mode").asText());
        boolean voted = false;
        for (JsonNode condition : policy.path("conditions")) {
            ClientPolicyConditionProvider<?> provider = session.getProvider(
                    ClientPolicyConditionProvider.class,
                    condition.path("condition").asText());
            if (provider == null) {
                return false;
            }
            ClientPolicyVote vote = vote(provider, condition.path("configuration"), context);
            if (vote == ClientPolicyVote.NO || (vote == ClientPolicyVote.ABSTAIN && strict)) {
                return false;
            }
            voted |= vote == ClientPolicyVote.YES;
        }
        return voted;
    }

    private static <C extends ClientPolicyConditionConfigurationRepresentation> ClientPolicyVote vote(
            ClientPolicyConditionProvider<C> condition, JsonNode configuration, ClientPolicyContext context)
            throws ClientPolicyException {
        condition.setupConfiguration(
                JsonSerialization.mapper.convertValue(configuration, condition.getConditionConfigurationClass()));
        ClientPolicyVote vote = condition.applyPolicy(context);
        if (!condition.isNegativeLogic() || vote == ClientPolicyVote.ABSTAIN) {
            return vote;
        }
        return vote == ClientPolicyVote.YES ? ClientPolicyVote.NO : ClientPolicyVote.YES;
    }
}
