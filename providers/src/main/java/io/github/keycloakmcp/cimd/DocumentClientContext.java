package io.github.keycloakmcp.cimd;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyEvent;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;

/** Tells the realm's client policies that a client is created or changed because its document says so. */
final class DocumentClientContext implements ClientCRUDContext {

    private final ClientRepresentation proposed;
    private final @Nullable ClientModel stored;

    DocumentClientContext(ClientRepresentation proposed, @Nullable ClientModel stored) {
        this.proposed = proposed;
        this.stored = stored;
    }

    @Override
    public ClientPolicyEvent getEvent() {
        return stored == null ? ClientPolicyEvent.REGISTER : ClientPolicyEvent.UPDATE;
    }

    @Override
    public ClientRepresentation getProposedClientRepresentation() {
        return proposed;
    }

    @Override
    @SuppressWarnings("NullAway") // Keycloak's own contexts return null here, too
    public ClientModel getTargetClient() {
        return stored;
    }
}
