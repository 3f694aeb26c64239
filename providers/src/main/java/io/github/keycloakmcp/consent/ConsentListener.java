package io.github.keycloakmcp.consent;

import io.github.keycloakmcp.platform.ChosenScopes;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Remembers an approval in the moment the user gives it. Keycloak tells only its event listeners that a user has
 * allowed; the login, with the note of what was asked, is still at hand, and so is the transaction. What
 * the user left out is not approved: a client that requests it again has the user asked again.
 */
final class ConsentListener implements EventListenerProvider {

    private final KeycloakSession session;

    ConsentListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        if (event.getType() != EventType.LOGIN || login == null || !isAllowed(event)) {
            return;
        }
        AskedApproval.of(login)
                .ifPresent(question -> new ConsentMemory(session, login.getAuthenticatedUser())
                        .answered(
                                question.before(),
                                question.asked(),
                                ChosenScopes.choice(session, login).leftOut()));
    }

    private static boolean isAllowed(Event event) {
        return event.getDetails() != null
                && Details.CONSENT_VALUE_CONSENT_GRANTED.equals(
                        event.getDetails().get(Details.CONSENT));
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {}

    @Override
    public void close() {}
}
