package io.github.keycloakmcp.cimd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import io.github.keycloakmcp.admission.Admission;
import io.github.keycloakmcp.admission.MetadataJson;
import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.ClientIds;
import io.github.keycloakmcp.platform.FreshRead;
import io.github.keycloakmcp.platform.OwnTransaction;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.cimd.InvalidDocument;
import io.github.keycloakmcp.rule.registration.AcceptedClient;
import io.github.keycloakmcp.settings.RealmSettings;
import org.jspecify.annotations.Nullable;
import org.keycloak.jose.jwk.JSONWebKeySet;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.RepresentationToModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.oidc.OIDCClientRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.util.JsonSerialization;

/**
 * The clients of a realm that have a metadata document. Each step is a transaction of its own: the request that goes on
 * afterwards then sees the client as any other, and two requests that make the same client at once do not both fail.
 */
final class DocumentStore {

    /** What a document that no longer names it takes back; Keycloak leaves alone what an update does not name. */
    private static final List<String> TAKEN_BACK = List.of(
            "logoUri",
            "policyUri",
            "tosUri",
            OIDCConfigAttributes.POST_LOGOUT_REDIRECT_URIS,
            OIDCConfigAttributes.USE_REFRESH_TOKEN,
            OIDCConfigAttributes.DPOP_BOUND_ACCESS_TOKENS,
            OIDCConfigAttributes.USE_JWKS_STRING,
            OIDCConfigAttributes.JWKS_STRING);

    private final KeycloakSession session;

    DocumentStore(KeycloakSession session) {
        this.session = session;
    }

    /**
     * What is remembered of a client. Refused where the database takes the URL of the document for the identifier of another
     * client, which the document would overwrite.
     */
    Verdict<Optional<StoredDocument>> find(String clientId) {
        return inTransaction(own -> {
            ClientModel found = own.getContext().getRealm().getClientByClientId(clientId);
            return found != null && !ClientIds.isExact(found, clientId)
                    ? Verdict.refused(DocumentRefusals.otherSpelling())
                    : Verdict.allowed(Optional.ofNullable(found).map(StoredDocument::of));
        });
    }

    /**
     * Creates the client, or changes it to what its document says now.
     *
     * @param settings to which the client is held
     * @param attributes what to remember
     */
    Verdict<AcceptedClient> keep(
            RealmSettings settings,
            String clientId,
            OIDCClientRepresentation metadata,
            Map<String, String> attributes) {
        Verdict<AcceptedClient> kept =
                inTransaction(own -> MetadataJson.convert(own, metadata).then(client -> {
                    ClientModel stored = client(own, clientId);
                    client.setClientId(clientId);
                    client.setWebOrigins(List.of("+"));
                    return admit(own, settings, client, stored).then(accepted -> {
                        client.getAttributes().putAll(attributes);
                        write(own, client, stored);
                        return Verdict.allowed(accepted);
                    });
                }));
        if (kept instanceof Verdict.Allowed<AcceptedClient>) {
            FreshRead.client(session, clientId);
        }
        return kept;
    }

    /**
     * Remembers that a document has not changed, if the client would be let in with it today, and gives the client what
     * the realm's settings give it today: they may have changed though the document has not.
     */
    Verdict<AcceptedClient> extend(RealmSettings settings, String clientId, Map<String, String> attributes) {
        return inTransaction(own -> {
            ClientModel stored = Objects.requireNonNull(client(own, clientId));
            ClientRepresentation same = new ClientRepresentation();
            same.setRedirectUris(List.copyOf(stored.getRedirectUris()));
            return admit(own, settings, same, stored).then(accepted -> {
                same.getAttributes().putAll(attributes);
                RepresentationToModel.updateClient(same, stored, own);
                RepresentationToModel.updateClientScopes(same, stored);
                return Verdict.allowed(accepted);
            });
        });
    }

    /**
     * Lets Keycloak's own executor take the client for one of its own, with a document that it has to load; otherwise it
     * rejects the client, because the id is in use.
     */
    void handOver(String clientId) {
        OwnTransaction.run(session.getKeycloakSessionFactory(), session.getContext(), own -> {
            ClientModel client = client(own, clientId);
            if (client != null && client.getAttribute(UpstreamDocuments.EXPIRES) == null) {
                client.setAttribute(UpstreamDocuments.EXPIRES, "0");
            }
        });
    }

    /** The keys of a client. */
    Optional<KeyLoader.Keys> keys(String clientId) {
        return inTransaction(own -> Optional.ofNullable(client(own, clientId))
                .map(client -> client.getAttribute(OIDCConfigAttributes.JWKS_STRING))
                .map(KeyLoader::read));
    }

    /**
     * Replaces the keys of a client, and lets every node forget those that it had read.
     *
     * @param address where they were; if the document has named another place meanwhile, the client keeps its keys
     */
    @SuppressWarnings("deprecation") // no other call lets the nodes forget the keys of a client
    void keepKeys(String clientId, String address, JSONWebKeySet keys) {
        String text = written(keys);
        OwnTransaction.run(session.getKeycloakSessionFactory(), session.getContext(), own -> {
            ClientModel client = client(own, clientId);
            if (client != null
                    && StoredDocument.of(client).ours()
                    && address.equals(client.getAttribute(ClientAttributes.DOCUMENT_KEYS))) {
                if (!text.equals(client.getAttribute(OIDCConfigAttributes.JWKS_STRING))) {
                    client.setAttribute(OIDCConfigAttributes.JWKS_STRING, text);
                }
                client.updateClient();
            }
        });
    }

    private static String written(JSONWebKeySet keys) {
        try {
            return JsonSerialization.writeValueAsPrettyString(keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Verdict<AcceptedClient> admit(
            KeycloakSession own, RealmSettings settings, ClientRepresentation client, @Nullable ClientModel stored) {
        return new Admission(settings, own).document(client, stored).then(accepted -> {
            try {
                own.clientPolicy().triggerOnEvent(new DocumentClientContext(client, stored));
                return Verdict.allowed(accepted);
            } catch (ClientPolicyException e) {
                return Verdict.refused(InvalidDocument.metadata(
                        RefusalCode.CLIENT_POLICY_REFUSES,
                        e.getErrorDetail() == null ? e.getError() : e.getErrorDetail(),
                        "a client policy of the realm"));
            }
        });
    }

    private static void write(KeycloakSession own, ClientRepresentation client, @Nullable ClientModel stored) {
        if (stored == null) {
            ClientManager.createClient(own, own.getContext().getRealm(), client);
            return;
        }
        client.setName(Objects.requireNonNullElse(client.getName(), ""));
        client.setBaseUrl(Objects.requireNonNullElse(client.getBaseUrl(), ""));
        TAKEN_BACK.forEach(attribute -> client.getAttributes().putIfAbsent(attribute, ""));
        RepresentationToModel.updateClient(client, stored, own);
        RepresentationToModel.updateClientScopes(client, stored);
    }

    private static @Nullable ClientModel client(KeycloakSession own, String clientId) {
        return ClientIds.find(own.getContext().getRealm(), clientId).orElse(null);
    }

    private <T> T inTransaction(Function<KeycloakSession, T> step) {
        return OwnTransaction.result(session.getKeycloakSessionFactory(), session.getContext(), step::apply);
    }
}
