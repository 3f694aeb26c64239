package io.github.keycloakmcp.registration;

import java.util.Optional;

import io.github.keycloakmcp.admission.Admitted;
import io.github.keycloakmcp.admission.ClientRoom;
import io.github.keycloakmcp.admission.RequestBudget;
import io.github.keycloakmcp.platform.Refusals;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.SharedClientId;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientregistration.ClientRegistrationAuth;
import org.keycloak.services.clientregistration.ClientRegistrationContext;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.services.clientregistration.oidc.OIDCClientRegistrationProviderFactory;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/**
 * Who may do what at the registration endpoint: Keycloak's own answer, which asks every client policy and registration
 * policy, and behind it what shared clients need. A client that two parties have registered has no owner any more.
 */
final class RegistrationAccess extends ClientRegistrationAuth {

    private final KeycloakSession session;
    private final EventBuilder event;

    RegistrationAccess(KeycloakSession session, ClientRegistrationProvider provider, EventBuilder event) {
        super(session, provider, event, OIDCClientRegistrationProviderFactory.ID);
        this.session = session;
        this.event = event;
    }

    @Override
    public RegistrationAuth requireCreate(ClientRegistrationContext context) {
        RegistrationAuth granted = super.requireCreate(context);
        Admitted.in(session)
                .ifPresent(admitted -> require(admitted, context.getClient(), granted == RegistrationAuth.ANONYMOUS));
        return granted;
    }

    /** Looks for the client first: one that is there needs no room, and is never refused because the realm is full. */
    private void require(Admitted admitted, ClientRepresentation client, boolean anonymous) {
        SharedRegistration shared = new SharedRegistration(session);
        Optional<String> free = anonymous && admitted.shareable() ? shared.find(client, event) : Optional.empty();
        Verdict<?> room = new RequestBudget(admitted.limits(), session)
                .takeNewcomer(!anonymous)
                .then(sender -> new ClientRoom(session).take(admitted.limits().room()));
        if (room instanceof Verdict.Refused<?> refused) {
            throw Refusals.refuse(session, event, refused.refusal());
        }
        free.ifPresent(id -> shared.claim(client, id));
    }

    @Override
    public RegistrationAuth requireUpdate(ClientRegistrationContext context, ClientModel client) {
        RegistrationAuth granted = super.requireUpdate(context, client);
        requireOwner(client);
        return granted;
    }

    @Override
    public void requireDelete(ClientModel client) {
        super.requireDelete(client);
        requireOwner(client);
        if (isRegistrationAccessToken() && !new RegistrationClaims(session).remove(client)) {
            throw Refusals.refuse(session, event, RegistrationRefusals.removed());
        }
    }

    private void requireOwner(ClientModel client) {
        if (isRegistrationAccessToken()
                && SharedClientId.isOne(client.getClientId())
                && !new RegistrationClaims(session).manage(client)) {
            throw Refusals.refuse(session, event, RegistrationRefusals.ownerless());
        }
    }
}
