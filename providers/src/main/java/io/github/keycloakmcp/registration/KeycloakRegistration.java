package io.github.keycloakmcp.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.github.keycloakmcp.admission.MetadataRequest;
import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.DatabaseFailure;
import io.github.keycloakmcp.platform.EventDetails;
import io.github.keycloakmcp.platform.McpMetrics;
import io.github.keycloakmcp.platform.OwnEvent;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.Refusals;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.registration.RedirectUri;
import io.github.keycloakmcp.settings.RealmSettings;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.ModelToRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.oidc.OIDCClientRepresentation;
import org.keycloak.services.clientregistration.ClientRegistrationAuth;
import org.keycloak.services.clientregistration.ClientRegistrationContext;
import org.keycloak.services.clientregistration.oidc.OIDCClientRegistrationProvider;
import org.keycloak.services.cors.Cors;

/** Keycloak's own registration, which does the work behind {@link McpClientRegistrationEndpoint}. */
final class KeycloakRegistration extends OIDCClientRegistrationProvider {

    private @Nullable List<String> origins;
    private @Nullable String requestedScope;

    KeycloakRegistration(KeycloakSession session) {
        super(session);
    }

    /** Keycloak's judge of who may do what, with what shared clients need. */
    @Override
    public void setAuth(ClientRegistrationAuth auth) {
        super.setAuth(new RegistrationAccess(session, this, getEvent()));
    }

    /**
     * Creates a client, or finds the one that it already is. A party that is not its first gets no token that manages
     * it, and is told its own redirect URIs: they work, whichever ports the first one has named.
     */
    @Override
    public ClientRepresentation create(ClientRegistrationContext context) {
        try {
            ClientRepresentation client = stored(EventType.CLIENT_REGISTER, context, super::create);
            if (client.getAttributes() != null && client.getAttributes().containsKey(ClientAttributes.REGISTERED)) {
                McpMetrics.registered(session.getContext().getRealm(), false);
            }
            return client;
        } catch (AlreadyRegistered again) {
            ClientRepresentation client = ModelToRepresentation.toRepresentation(again.client(), session);
            client.setRedirectUris(context.getClient().getRedirectUris());
            McpMetrics.registered(session.getContext().getRealm(), true);
            getEvent()
                    .client(again.client())
                    .detail(EventDetails.SHARED, "true")
                    .success();
            return client;
        }
    }

    /**
     * Changes a client. Where the metadata have a {@code scope}, Keycloak looks for the client's default scopes by its
     * internal identifier, and takes {@code client_id} for that: a client that has another one, or none that is there, is a
     * server error, even before the request is authenticated. So it learns of the scope later.
     */
    Response change(String clientId, OIDCClientRepresentation metadata) {
        requestedScope = metadata.getScope();
        metadata.setScope(null);
        return updateOIDC(clientId, metadata);
    }

    @Override
    public ClientRepresentation update(String clientId, ClientRegistrationContext context) {
        String scope = requestedScope;
        if (scope != null) {
            ClientRepresentation change = context.getClient();
            change.setOptionalClientScopes(scope.isEmpty() ? List.of() : List.of(scope.split(" ")));
            Optional.ofNullable(session.getContext().getRealm().getClientByClientId(clientId))
                    .map(stored -> stored.getClientScopes(true).keySet())
                    .ifPresent(defaults -> change.setDefaultClientScopes(List.copyOf(defaults)));
        }
        return stored(EventType.CLIENT_UPDATE, context, change -> super.update(clientId, change));
    }

    /**
     * Has the database look at what is written while the answer can still be a refusal; otherwise it does so at the end of the
     * request, which is then a server error. In a realm that this extension does not govern, that is left to Keycloak.
     */
    private ClientRepresentation stored(
            EventType type,
            ClientRegistrationContext context,
            Function<ClientRegistrationContext, ClientRepresentation> writing) {
        if (!MetadataRequest.isIn(session)) {
            return writing.apply(context);
        }
        try {
            ClientRepresentation client = writing.apply(context);
            session.getProvider(JpaConnectionProvider.class).getEntityManager().flush();
            return client;
        } catch (RuntimeException e) {
            Refusal refusal = refusal(e, context.getClient());
            if (refusal == null) {
                throw e;
            }
            throw Refusals.refuse(session, OwnEvent.of(session, type), refusal);
        }
    }

    private static @Nullable Refusal refusal(RuntimeException failure, ClientRepresentation client) {
        return DatabaseFailure.of(failure)
                .map(reason -> switch (reason) {
                    case UNSTORABLE -> RegistrationRefusals.unstorable();
                    case DUPLICATE ->
                        RedirectUri.lookAlikes(client.getRedirectUris()).orElse(null);
                    case ROLLED_BACK, NO_CONNECTION -> null;
                })
                .orElse(null);
    }

    /**
     * Lets a program in a browser read the answer, whatever it will be, or refuses an origin that is not allowed.
     * Keycloak says so with successes only, and without it a browser shows its program no status, no error and no
     * description.
     */
    void tellOrigins() {
        Cors.builder().auth().checkAllowedOrigins(getAllowedOrigins()).add();
    }

    /** What registration policies allow, and what our client policy executor does, which Keycloak does not ask. */
    @Override
    protected List<String> getAllowedOrigins() {
        List<String> known = origins;
        if (known == null) {
            known = new ArrayList<>(super.getAllowedOrigins());
            known.addAll(ActiveExecutors.in(session)
                    .configuration(ProviderIds.CLIENT_GUARD)
                    .map(guard -> RealmSettings.in(session).registration().origins())
                    .orElse(List.of()));
            origins = known;
        }
        return known;
    }
}
