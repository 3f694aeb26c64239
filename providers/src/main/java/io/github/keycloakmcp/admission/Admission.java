package io.github.keycloakmcp.admission;

import java.util.List;
import java.util.Set;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.NamedScopes;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.AcceptedClient;
import io.github.keycloakmcp.rule.registration.AssignedScopes;
import io.github.keycloakmcp.rule.registration.ChangeRule;
import io.github.keycloakmcp.rule.registration.ClientMetadata;
import io.github.keycloakmcp.rule.registration.RegistrationRule;
import io.github.keycloakmcp.settings.LimitSettings;
import io.github.keycloakmcp.settings.RealmSettings;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * What happens to a client that registers itself or changes its registration, whichever shell asks: it is judged, and
 * completed with what every MCP client has (PKCE, consent, scopes). The registration policy and the client policy
 * executor both come here, so that each is enough alone and both together decide as one.
 *
 * @see RegistrationRule
 */
public final class Admission {

    private final RealmSettings settings;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmRules rules;

    public Admission(RealmSettings settings, KeycloakSession session) {
        this.settings = settings;
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.rules = new RealmRules(settings, session);
    }

    /** Admits a client that registers itself, or says why not. */
    public Verdict<AcceptedClient> register(ClientRepresentation client) {
        return new RequestBudget(settings.limits(), session)
                .takeRegistration()
                .then(sender -> MetadataRequest.isIn(session)
                        ? create(client)
                        : Verdict.refused(AdmissionRefusals.wrongEndpoint()));
    }

    /** Admits what a client changes of itself: judged is the whole client as it would be afterwards. */
    public Verdict<AcceptedClient> update(ClientRepresentation change, ClientModel stored) {
        if (!MetadataRequest.isIn(session)) {
            return Verdict.refused(AdmissionRefusals.wrongEndpoint());
        }
        return change(change, stored);
    }

    /** Admits what a client says of itself elsewhere, in its metadata document: no endpoint of ours has read that. */
    public Verdict<AcceptedClient> document(ClientRepresentation client, @Nullable ClientModel stored) {
        if (stored != null) {
            return change(client, stored);
        }
        return OriginalRequest.isKnown(session, client)
                ? create(client)
                : new ClientRoom(session).take(settings.limits().room()).then(room -> create(client));
    }

    /**
     * Admits what an administrator changes of a client that registered itself. The rules are the same, for what the change
     * adds; which scopes it has is the administrator's decision.
     */
    public Verdict<AcceptedClient> administer(AdministeredClient client) {
        if (client.isRenamed()) {
            return Verdict.refused(AdmissionRefusals.identifierIsFixed());
        }
        McpDefaults.withoutDeviceGrant(client.result());
        ClientMetadata after = client.metadata();
        RegistrationRule rule = rules.of(after);
        Verdict<AcceptedClient> verdict = client.metadataBefore(session)
                .map(before -> new ChangeRule(rule).judge(before, after))
                .orElseGet(() -> rule.judge(after));
        if (verdict instanceof Verdict.Allowed<AcceptedClient> allowed) {
            McpDefaults.give(client.written(), after);
            McpDefaults.markAdministered(client.written());
            if (client.stored() != null && ReservedAttributes.givenUp(client.written(), client.stored())) {
                ReservedAttributes.giveUp(client.written(), client.stored());
            }
            if (client.written().getRedirectUris() != null) {
                client.written().setRedirectUris(allowed.value().redirectUris());
            }
        }
        return verdict;
    }

    /** Lets the answer to a client that reads its registration tell the scopes that it may use. */
    public void view() {
        new Admitted(rules.scopes(List.of()).assign(List.of()).reported(), false, settings.limits()).keepIn(session);
    }

    /**
     * Lets a self-registered client be read or removed at the endpoint that reads RFC 7591. Others would show it Keycloak's own
     * representation, and remove a client that several parties share without asking whose it is.
     */
    public Verdict<ClientModel> manage(ClientModel client) {
        return MetadataRequest.isIn(session) || client.getAttribute(ClientAttributes.REGISTERED) == null
                ? Verdict.allowed(client)
                : Verdict.refused(AdmissionRefusals.wrongEndpoint());
    }

    private Verdict<AcceptedClient> create(ClientRepresentation client) {
        OriginalRequest.restore(session, client);
        Verdict<AcceptedClient> verdict = admit(client, client);
        if (verdict instanceof Verdict.Allowed<AcceptedClient> allowed) {
            McpDefaults.mark(client);
            NewClientScopes.of(session, client, allowed.value().scopes()).keepIn(session);
        }
        return verdict;
    }

    private Verdict<AcceptedClient> change(ClientRepresentation change, ClientModel stored) {
        OriginalRequest.restore(session, change);
        return admit(change, ChangedClient.of(session, stored, change));
    }

    /**
     * Judges and completes.
     *
     * @param written what Keycloak will write
     * @param result the client that results from it
     */
    private Verdict<AcceptedClient> admit(ClientRepresentation written, ClientRepresentation result) {
        Set<String> forced = settings.registration().forcedScopes();
        List<String> existing = NamedScopes.findBeforeMarks(session, forced).stream()
                .map(ClientScopeModel::getName)
                .toList();
        for (String scope : forced) {
            if (!existing.contains(scope)) {
                McpLog.forcedScopeMissing(realm.getName(), scope);
                return Verdict.refused(AdmissionRefusals.forcedScopeMissing());
            }
        }
        McpDefaults.withoutDeviceGrant(written);
        Verdict<AcceptedClient> verdict = judge(result);
        if (verdict instanceof Verdict.Allowed<AcceptedClient> allowed) {
            if (written.getAttributes() != null) {
                written.getAttributes().keySet().removeIf(ClientAttributes::isReserved);
            }
            McpDefaults.give(written, RequestedMetadata.of(result));
            AssignedScopes scopes = allowed.value().scopes();
            written.setRedirectUris(allowed.value().redirectUris());
            written.setDefaultClientScopes(scopes.defaults());
            written.setOptionalClientScopes(scopes.optional());
            new Admitted(scopes.reported(), isShareable(), limits()).keepIn(session);
        }
        return verdict;
    }

    /** One shell that wants every client to be its own is enough. */
    private boolean isShareable() {
        return settings.registration().idempotent()
                && Admitted.in(session).map(Admitted::shareable).orElse(true);
    }

    /** Where two shells limit differently, the lower limits apply. */
    private LimitSettings limits() {
        return Admitted.in(session)
                .map(other -> settings.limits().and(other.limits()))
                .orElse(settings.limits());
    }

    private Verdict<AcceptedClient> judge(ClientRepresentation result) {
        McpDefaults.withoutDeviceGrant(result);
        ClientMetadata metadata = RequestedMetadata.of(result);
        return rules.of(metadata).judge(metadata);
    }
}
