package io.github.keycloakmcp.lifecycle;

import java.util.EnumSet;
import java.util.Set;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.EventDetails;
import io.github.keycloakmcp.rule.lifecycle.ClientUse;
import io.github.keycloakmcp.settings.LifecycleSettings;
import io.github.keycloakmcp.settings.RealmSettings;
import org.keycloak.common.util.Time;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Notes when a self-registered client was last used. Keycloak keeps no such time, and sends events also in a realm
 * that stores none. Here it is only found out whether there is something to note, from models that the request has read
 * already; the writing comes after the request.
 *
 * @see LastUseNote
 */
final class LastUseListener implements EventListenerProvider {

    /** What a client is used for. An event of failure has a type of its own. */
    private static final Set<EventType> USES = EnumSet.of(
            EventType.LOGIN,
            EventType.CODE_TO_TOKEN,
            EventType.REFRESH_TOKEN,
            EventType.CLIENT_LOGIN,
            EventType.OAUTH2_DEVICE_CODE_TO_TOKEN,
            EventType.TOKEN_EXCHANGE,
            EventType.OAUTH2_EXTENSION_GRANT,
            EventType.JWT_AUTHORIZATION_GRANT);

    private final LastUseNotes notes;
    private final KeycloakSession session;

    LastUseListener(LastUseNotes notes, KeycloakSession session) {
        this.notes = notes;
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        boolean registration = isRepeatedRegistration(event);
        if (event.getClientId() == null || !(registration || USES.contains(event.getType()))) {
            return;
        }
        RealmModel realm = session.realms().getRealm(event.getRealmId());
        ClientModel client = realm.getClientByClientId(event.getClientId());
        if (client != null && isDue(client, registration)) {
            String attribute = registration ? ClientAttributes.REGISTERED : ClientAttributes.LAST_USED;
            session.getTransactionManager()
                    .enlistAfterCompletion(new LastUseNote(notes::add, session, client, attribute));
        }
    }

    /** A client that is new has the time on it already; one that is shared has been registered once more. */
    private static boolean isRepeatedRegistration(Event event) {
        return event.getType() == EventType.CLIENT_REGISTER
                && event.getDetails() != null
                && event.getDetails().containsKey(EventDetails.SHARED);
    }

    private boolean isDue(ClientModel client, boolean registration) {
        String registered = client.getAttribute(ClientAttributes.REGISTERED);
        if (registered == null) {
            return false;
        }
        ClientUse use = ClientUse.read(registered, client.getAttribute(ClientAttributes.LAST_USED));
        long now = Time.currentTime();
        return RealmSettings.lifecycle(session)
                .map(LifecycleSettings::lastUseInterval)
                .filter(interval -> registration ? use.isRegistrationDue(now, interval) : use.isDue(now, interval))
                .isPresent();
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {}

    @Override
    public void close() {}
}
