package io.github.keycloakmcp.registration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.github.keycloakmcp.admission.RequestedMetadata;
import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.Refusals;
import io.github.keycloakmcp.platform.SharedMarks;
import io.github.keycloakmcp.platform.UncachedClients;
import io.github.keycloakmcp.rule.registration.SharedClientId;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.ModelToRepresentation;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.cors.Cors;

/**
 * Finds the client that an anonymous public client has registered as before. Two parties that registered the same cannot
 * be told apart by anything that a public client could prove, so one client is enough for both, as long as neither of them
 * can change it for the other.
 *
 * @see SharedClientId
 */
final class SharedRegistration {

    /** Attributes that a client decides with what it registers, besides those that are metadata proper. */
    private static final List<String> ATTRIBUTES = List.of(
            OIDCConfigAttributes.PKCE_CODE_CHALLENGE_METHOD,
            OIDCConfigAttributes.USE_REFRESH_TOKEN,
            OIDCConfigAttributes.DPOP_BOUND_ACCESS_TOKENS,
            OIDCConfigAttributes.USE_JWKS_STRING,
            OIDCConfigAttributes.JWKS_STRING);

    private enum State {
        /** No client has the identifier. */
        FREE,
        /** One that has registered the same has it. */
        SAME,
        /** One that an administrator has disabled has it. */
        DISABLED,
        /** One that its owner or an administrator has changed since. */
        OTHER
    }

    /**
     * What has an identifier by now.
     *
     * @param id the internal id of the client
     */
    private record Found(State state, String id) {}

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RegistrationClaims claims;

    SharedRegistration(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.claims = new RegistrationClaims(session);
    }

    /**
     * Decides which client {@code client}, which every policy has admitted, is: one that is there, one that others will
     * find, or one of its own.
     *
     * @return the identifier under which others will find it; empty for one of its own
     * @throws AlreadyRegistered where it is there
     */
    Optional<String> find(ClientRepresentation client, EventBuilder event) {
        if (!Boolean.TRUE.equals(client.isPublicClient())) {
            return Optional.empty();
        }
        String id = identifier(client);
        Found found = SharedMarks.beforehand(session, own -> look(own, id));
        return switch (found.state()) {
            case FREE -> Optional.of(id);
            case OTHER -> Optional.empty();
            case DISABLED -> throw Refusals.refuse(session, event, RegistrationRefusals.disabled());
            case SAME -> {
                if (claims.share(found.id())) {
                    ClientModel stored =
                            UncachedClients.whereMarksTakeConnections(session).getClientById(realm, found.id());
                    if (stored == null) {
                        yield Optional.of(id);
                    }
                    if (stored.getRegistrationToken() != null) {
                        session.getTransactionManager().enlistAfterCompletion(new OwnerTokenRemoval(session, stored));
                    }
                    throw new AlreadyRegistered(stored);
                }
                yield Optional.empty();
            }
        };
    }

    /** Gives the client the identifier under which others will find it, unless another request does so just now. */
    void claim(ClientRepresentation client, String id) {
        if (claims.first(id)) {
            client.setId(id);
            client.setClientId(id);
        }
    }

    private Found look(KeycloakSession own, String id) {
        RealmModel same = own.getContext().getRealm();
        ClientProvider clients = UncachedClients.whereMarksTakeConnections(own);
        ClientModel stored = clients.getClientByClientId(same, id);
        if (stored == null) {
            return new Found(clients.getClientById(same, id) == null ? State.FREE : State.OTHER, id);
        }
        String internal = stored.getId();
        stored = clients.getClientById(same, internal);
        return new Found(stored == null ? State.OTHER : state(own, stored, id), internal);
    }

    private State state(KeycloakSession own, ClientModel stored, String id) {
        if (!stored.isEnabled()) {
            return State.DISABLED;
        }
        return isStill(own, stored, id) ? State.SAME : State.OTHER;
    }

    /** Tells whether neither its owner nor an administrator has changed {@code stored}. */
    private boolean isStill(KeycloakSession own, ClientModel stored, String id) {
        return stored.getAttribute(ClientAttributes.REGISTERED) != null
                && identifier(ModelToRepresentation.toRepresentation(stored, own))
                        .equals(id)
                && stored.getProtocolMappersStream().findAny().isEmpty()
                && stored.getScopeMappingsStream().findAny().isEmpty();
    }

    private String identifier(ClientRepresentation client) {
        boolean browser = session.getContext().getRequestHeaders().getHeaderString(Cors.ORIGIN_HEADER) != null;
        return SharedClientId.of(realm.getId(), RequestedMetadata.of(client), behaviour(client), !browser);
    }

    /** What decides how a client behaves besides its metadata proper. */
    private static Map<String, String> behaviour(ClientRepresentation client) {
        Map<String, String> behaviour = new TreeMap<>();
        behaviour.put("public", String.valueOf(client.isPublicClient()));
        behaviour.put("consent", String.valueOf(client.isConsentRequired()));
        behaviour.put("full scope", String.valueOf(client.isFullScopeAllowed()));
        behaviour.put(
                "default scopes",
                String.join(
                        " ", client.getDefaultClientScopes().stream().sorted().toList()));
        for (String attribute : ATTRIBUTES) {
            Optional.ofNullable(client.getAttributes().get(attribute))
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> behaviour.put(attribute, value));
        }
        return behaviour;
    }
}
