package io.github.keycloakmcp.lifecycle;

import java.util.Objects;
import java.util.function.Consumer;

import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.OwnTransaction;
import io.github.keycloakmcp.platform.SharedMarks;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/**
 * Writes the time of a use on the client some seconds after a request has succeeded, in a transaction of its own: what goes
 * wrong here fails no login, and a request that fails leaves no use behind.
 */
final class LastUseNote extends AbstractKeycloakTransaction {

    /** Outlives the requests that found the same time to replace, on whichever node. */
    private static final long CLAIM_SECONDS = 60;

    private final Consumer<LastUseNote> notes;
    private final KeycloakSessionFactory factory;
    private final String realmId;
    private final String realmName;
    private final String clientId;
    private final String internalId;
    private final String attribute;
    private final @Nullable String replaced;
    private final String time = Integer.toString(Time.currentTime());

    /** Set by the thread that writes. */
    private boolean claimed;

    LastUseNote(Consumer<LastUseNote> notes, KeycloakSession session, ClientModel client, String attribute) {
        this.notes = notes;
        this.factory = session.getKeycloakSessionFactory();
        this.realmId = client.getRealm().getId();
        this.realmName = client.getRealm().getName();
        this.clientId = client.getClientId();
        this.internalId = client.getId();
        this.attribute = attribute;
        this.replaced = client.getAttribute(attribute);
    }

    @Override
    protected void commitImpl() {
        notes.accept(this);
    }

    /** What it notes of which client: another note of the same takes its place. */
    String subject() {
        return attribute + ":" + internalId;
    }

    void write() {
        try {
            OwnTransaction.run(factory, this::write);
        } catch (RuntimeException e) {
            McpLog.useNotNoted(realmName, clientId, e);
        }
    }

    @Override
    protected void rollbackImpl() {}

    private void write(KeycloakSession session) {
        String claim = subject() + ":" + replaced;
        if (!claimed && !new SharedMarks(session).putIfAbsent(claim, CLAIM_SECONDS)) {
            return;
        }
        claimed = true; // if this runs again, its own claim may be there
        RealmModel realm = session.realms().getRealm(realmId);
        ClientModel client = realm == null ? null : realm.getClientById(internalId);
        if (client != null && Objects.equals(client.getAttribute(attribute), replaced)) {
            client.setAttribute(attribute, time);
        }
    }
}
