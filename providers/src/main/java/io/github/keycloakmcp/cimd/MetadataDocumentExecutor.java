package io.github.keycloakmcp.cimd;

import java.util.Map;
import java.util.Optional;

import io.github.keycloakmcp.admission.RequestBudget;
import io.github.keycloakmcp.fetch.SharedFetch;
import io.github.keycloakmcp.platform.EventDetails;
import io.github.keycloakmcp.platform.McpMetrics;
import io.github.keycloakmcp.platform.OwnEvent;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.RefusalEvents;
import io.github.keycloakmcp.platform.Refusals;
import io.github.keycloakmcp.platform.RequestEvent;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.cimd.DocumentTrust;
import io.github.keycloakmcp.rule.cimd.DocumentUrl;
import io.github.keycloakmcp.rule.fetch.RegistrableDomain;
import io.github.keycloakmcp.settings.DocumentSettings;
import io.github.keycloakmcp.settings.RealmSettings;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;
import org.keycloak.services.ErrorPageException;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;

/**
 * Brings in the client behind a {@code client_id} that is a URL, just before Keycloak looks for it. A refusal is an error
 * page, because an unknown client has no redirect URI to go back to.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document#section-5">
 *     draft-ietf-oauth-client-id-metadata-document, section 5</a>
 */
final class MetadataDocumentExecutor
        implements ClientPolicyExecutorProvider<ClientPolicyExecutorConfigurationRepresentation> {

    private final KeycloakSession session;
    private final SharedFetch fetch;
    private Map<String, ?> configuration = Map.of();

    MetadataDocumentExecutor(KeycloakSession session, SharedFetch fetch) {
        this.session = session;
        this.fetch = fetch;
    }

    @Override
    public void setupConfiguration(@Nullable ClientPolicyExecutorConfigurationRepresentation written) {
        configuration = written == null ? Map.of() : written.getConfigAsMap();
    }

    /** Keycloak asks at every event, for a line of its log at the level TRACE. */
    @Override
    public String getName() {
        return getProviderId();
    }

    @Override
    public String getProviderId() {
        return ProviderIds.CLIENT_ID_METADATA_DOCUMENT;
    }

    @Override
    public void executeOnEvent(ClientPolicyContext context) throws ClientPolicyException {
        if (context instanceof PreAuthorizationRequestContext request
                && request.getClientId() != null
                && DocumentUrl.isMeant(request.getClientId())) {
            bring(request.getClientId(), context);
        }
    }

    private void bring(String clientId, ClientPolicyContext context) throws ClientPolicyException {
        DocumentSettings config = DocumentSettings.of(configuration);
        DocumentStore store = new DocumentStore(session);
        Optional<StoredDocument> stored = store.find(clientId).orThrow(refusal -> refused(clientId, refusal));
        if (UpstreamDocuments.decide(session, context)) {
            if (stored.filter(StoredDocument::ours).isPresent()) {
                store.handOver(clientId);
            }
            return;
        }
        if (stored.filter(document -> isSettled(clientId, document, config)).isPresent()) {
            return;
        }
        RealmSettings settings = RealmSettings.in(session);
        DocumentClients clients =
                new DocumentClients(config, settings, store, new DocumentLoader(fetch, config, session));
        RequestBudget budget = new RequestBudget(settings.limits(), session).limitEvents();
        // A document that the realm does not know costs what a registration does.
        Verdict<DocumentClients.Outcome> verdict = stored.isPresent()
                ? clients.bring(clientId, stored)
                : budget.takeRequest()
                        .then(sender -> clients.strangersHost(clientId)
                                .map(host -> budget.takeDomain(RegistrableDomain.of(host)))
                                .orElse(Verdict.allowed(sender)))
                        .then(sender -> budget.takeNewcomer(false))
                        .then(sender -> clients.bring(clientId, stored));
        DocumentClients.Outcome outcome = verdict.orThrow(refusal -> refused(clientId, refusal));
        if (outcome == DocumentClients.Outcome.CREATED) {
            OwnEvent.of(session, EventType.CLIENT_REGISTER).client(clientId).success();
        }
    }

    /**
     * Keycloak shows an error page and records an event for the authorization request, so that one refused document is one
     * event; an exception that is not a client policy's shows the same page without an event.
     */
    private ClientPolicyException refused(String clientId, Refusal refusal) {
        if (!RefusalEvents.isDue(session, refusal)) {
            McpMetrics.refused(session.getContext().getRealm(), EventType.LOGIN_ERROR, refusal);
            throw new ErrorPageException(session, Response.Status.BAD_REQUEST, refusal.description());
        }
        RequestEvent.of(session).client(clientId).detail(EventDetails.REASON, refusal.detail());
        return Refusals.policy(session, EventType.LOGIN_ERROR, refusal);
    }

    /**
     * Tells, for most logins and without reading a setting of the realm, that there is nothing to do: the client is none of
     * ours, or its document still counts and comes from where documents may come from even if no known client is accepted.
     */
    private static boolean isSettled(String clientId, StoredDocument stored, DocumentSettings config) {
        return !stored.ours()
                || (stored.countsAt(Time.currentTime())
                        && DocumentUrl.parse(clientId)
                                        .then(url -> config.sources().judge(url, false))
                                instanceof Verdict.Allowed<DocumentTrust>);
    }
}
