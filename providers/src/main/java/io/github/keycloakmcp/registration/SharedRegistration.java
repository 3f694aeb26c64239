package io.github.keycloakmcp.registration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.github.keycloakmcp.admission.RequestedMetadata;
import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.Refusals;
import io.github.keycloakmcp.platform.SharedMarks;
import io.github.keycloakmcp.rule.registration.SharedClientId;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
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

    /**
     * What has an identifier by now.
     *
     * @param free nothing
     * @param same the internal id of the client, if it can be shared
     */
    private record Found(boolean free, Optional<String> same) {}

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
        boolean marksFirst = SharedMarks.takeConnections(session);
        boolean shared = false;
        if (marksFirst) {
            // Read here, a client that another request has just changed would not be in the cache: it would take a
            // connection.
            Found found = SharedMarks.beforehand(session, own -> look(own, id));
            if (found.free()) {
                return Optional.of(id);
            }
            shared = found.same().filter(claims::share).isPresent();
        }
        ClientModel stored = realm.getClientByClientId(id);
        if (stored == null) {
            return realm.getClientById(id) == null ? Optional.of(id) : Optional.empty();
        } else if (!stored.isEnabled()) {
            throw Refusals.refuse(session, event, RegistrationRefusals.disabled());
        } else if (isStill(session, stored, id) && (marksFirst ? shared : claims.share(stored.getId()))) {
            // Any write takes the client out of the cache of every node, and this is most of what happens to it.
            if (stored.getRegistrationToken() != null) {
                stored.setRegistrationToken(null);
            }
            throw new AlreadyRegistered(stored);
        }
        return Optional.empty();
    }

    /** Gives the client the identifier under which others will find it, unless another request does so just now. */
    void claim(ClientRepresentation client, String id) {
        if (claims.first(id)) {
            client.setId(id);
            client.setClientId(id);
        }
    }

    /** What has the identifier; what is decided by of a client that has it, is in the cache afterwards. */
    private Found look(KeycloakSession own, String id) {
        RealmModel same = own.getContext().getRealm();
        ClientModel stored = same.getClientByClientId(id);
        if (stored == null) {
            return new Found(same.getClientById(id) == null, Optional.empty());
        }
        stored.getClientScopes(true);
        stored.getClientScopes(false);
        return new Found(
                false, Optional.of(stored.getId()).filter(any -> stored.isEnabled() && isStill(own, stored, id)));
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
