package io.github.keycloakmcp.registration;

import java.io.IOException;
import java.io.InputStream;

import io.github.keycloakmcp.admission.MetadataRequest;
import io.github.keycloakmcp.admission.RequestBudget;
import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.ClientIds;
import io.github.keycloakmcp.platform.FreshRead;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.Refusals;
import io.github.keycloakmcp.rule.JsonMediaType;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.SenderPath;
import io.github.keycloakmcp.settings.RealmPolicies;
import io.github.keycloakmcp.settings.RealmSettings;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.oidc.OIDCClientRepresentation;
import org.keycloak.services.clientregistration.ClientRegistrationAuth;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.util.JsonSerialization;

/**
 * The registration endpoint, reading RFC 7591 as it is written: metadata members that it does not know are ignored, and
 * the response tells the effective {@code scope}. Keycloak's own, which does all the work here too, refuses unknown
 * members with an error that is no OAuth error, and leaves the default scopes out of its response.
 *
 * <p>A realm with neither our registration policy nor its twin among client policies keeps Keycloak's own behaviour to the letter.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591#section-3">RFC 7591, section 3</a>
 */
public final class McpClientRegistrationEndpoint implements ClientRegistrationProvider {

    private final KeycloakSession session;
    private final KeycloakRegistration keycloak;

    McpClientRegistrationEndpoint(KeycloakSession session) {
        this.session = session;
        this.keycloak = new KeycloakRegistration(session);
    }

    @OPTIONS
    public Response preflight() {
        return keycloak.preflight();
    }

    @OPTIONS
    @Path("{clientId}")
    public Response preflightClient() {
        return keycloak.preflightClient();
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response register(InputStream body) throws IOException {
        return answer(EventType.CLIENT_REGISTER, () -> {
            OIDCClientRepresentation metadata = read(body, EventType.CLIENT_REGISTER, null);
            return RegistrationAnswer.complete(session, keycloak.createOIDC(metadata), metadata.getApplicationType());
        });
    }

    @GET
    @Path("{clientId}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response view(@PathParam("clientId") String clientId) throws IOException {
        return answer(EventType.CLIENT_INFO, () -> {
            requirePossible(clientId, EventType.CLIENT_INFO);
            MetadataRequest.mark(session);
            return RegistrationAnswer.complete(session, keycloak.getOIDC(clientId), null);
        });
    }

    @PUT
    @Path("{clientId}")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response update(@PathParam("clientId") String clientId, InputStream body) throws IOException {
        return answer(EventType.CLIENT_UPDATE, () -> {
            requirePossible(clientId, EventType.CLIENT_UPDATE);
            OIDCClientRepresentation metadata = read(body, EventType.CLIENT_UPDATE, clientId);
            Response updated = MetadataRequest.isIn(session)
                    ? keycloak.change(clientId, metadata)
                    : keycloak.updateOIDC(clientId, metadata);
            return RegistrationAnswer.complete(session, updated, metadata.getApplicationType());
        });
    }

    @DELETE
    @Path("{clientId}")
    public Response delete(@PathParam("clientId") String clientId) throws IOException {
        return answer(EventType.CLIENT_DELETE, () -> {
            requirePossible(clientId, EventType.CLIENT_DELETE);
            MetadataRequest.mark(session);
            return keycloak.deleteOIDC(clientId);
        });
    }

    /** A realm without MCP keeps Keycloak's own answers, to failures as well. */
    private Response answer(EventType type, BusyDatabase.Work work) throws IOException {
        return isGoverned() ? BusyDatabase.refusing(session, type, work) : work.answer();
    }

    private OIDCClientRepresentation read(InputStream body, EventType type, @Nullable String clientId)
            throws IOException {
        if (!isGoverned()) {
            if (!isJson()) {
                throw new NotSupportedException("The content-type header value did not match the value in @Consumes");
            }
            return JsonSerialization.mapper.readValue(body, OIDCClientRepresentation.class);
        }
        EventBuilder event = keycloak.getEvent().event(type);
        keycloak.tellOrigins();
        RequestBudget budget = budget();
        OIDCClientRepresentation read = (isJson()
                        ? MetadataReader.read(body)
                        : Verdict.<OIDCClientRepresentation>refused(RegistrationRefusals.noJson()))
                .then(metadata -> MetadataReader.usable(session, metadata))
                .then(metadata -> MetadataReader.of(clientId, metadata))
                .orThrow(refusal -> Refusals.refuse(session, event, counted(budget, refusal)));
        MetadataRequest.mark(session);
        return read;
    }

    private RequestBudget budget() {
        return new RequestBudget(RealmSettings.in(session).limits(), session).limitEvents();
    }

    /** What cannot be read costs its sender as much as a registration, or nothing would limit it. */
    private static Refusal counted(RequestBudget budget, Refusal unreadable) {
        return budget.takeRequest() instanceof Verdict.Refused<SenderPath> tooMany ? tooMany.refusal() : unreadable;
    }

    /** Keycloak would look the client up in the database before any authentication, and keep the connection. */
    private void requirePossible(String clientId, EventType type) {
        if (!isGoverned()) {
            return;
        }
        keycloak.tellOrigins();
        if (!ClientIds.isPossible(clientId)) {
            budget();
            throw Refusals.refuse(session, keycloak.getEvent().event(type), RegistrationRefusals.noSuchClient());
        }
        FreshRead.beforeMarks(session, clientId);
    }

    /** Keeps a page of another origin from registering with a plain form, which no browser asks permission for. */
    private boolean isJson() {
        String type = session.getContext().getRequestHeaders().getHeaderString(HttpHeaders.CONTENT_TYPE);
        return type == null || JsonMediaType.matches(type);
    }

    private boolean isGoverned() {
        return RealmPolicies.of(session.getContext().getRealm()).findAny().isPresent()
                || ActiveExecutors.in(session).contain(ProviderIds.CLIENT_GUARD);
    }

    @Override
    public void setAuth(ClientRegistrationAuth auth) {
        keycloak.setAuth(auth);
    }

    @Override
    public ClientRegistrationAuth getAuth() {
        return keycloak.getAuth();
    }

    @Override
    public void setEvent(EventBuilder event) {
        keycloak.setEvent(event);
    }

    @Override
    public EventBuilder getEvent() {
        return keycloak.getEvent();
    }

    @Override
    public void close() {
        keycloak.close();
    }
}
