package io.github.keycloakmcp.admin;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.admin.setup.InvalidInput;
import io.github.keycloakmcp.admin.setup.IssuerTrust;
import io.github.keycloakmcp.admin.setup.RealmSetUp;
import io.github.keycloakmcp.admin.setup.TrustDocument;
import io.github.keycloakmcp.assertion.TrustedIssuer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.util.JsonSerialization;

/** {@code …/mcp/identity-providers}: the companies whose identity providers decide for their users. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class IdentityProvidersResource {

    private static final String ALIAS = "alias";

    private final AdminContext admin;
    private final IssuerTrust trust;

    IdentityProvidersResource(AdminContext admin) {
        this.admin = admin;
        this.trust = new IssuerTrust(admin.session(), admin.realm());
    }

    /** Who is trusted, and with what. */
    @GET
    public Response list() {
        mayView();
        ArrayNode list = JsonSerialization.mapper.createArrayNode();
        trust.all().map(IdentityProvidersResource::json).forEach(list::add);
        return JsonResponses.ok(list);
    }

    /** What one of them is trusted with. */
    @GET
    @Path("{alias}")
    public Response one(@PathParam(ALIAS) String alias) {
        mayView();
        return trust.find(alias)
                .map(IdentityProvidersResource::json)
                .map(JsonResponses::ok)
                .orElseGet(IdentityProvidersResource::unknown);
    }

    /** Trusts one; members that are absent stay as they are. A dry run makes the same changes and takes them back. */
    @PUT
    @Path("{alias}")
    public Response trust(
            @PathParam(ALIAS) String alias, @Nullable String body, @QueryParam("dryRun") @Nullable String dry) {
        mayManage();
        try {
            TrustDocument document = TrustDocument.read(body);
            return new RealmChange(admin)
                    .make(own -> new IdentityProvidersResource(own).give(alias, document, DryRun.isMeant(dry)));
        } catch (InvalidInput e) {
            return JsonResponses.invalid(e);
        }
    }

    /** Trusts one no more: from now on its assertions are refused. */
    @DELETE
    @Path("{alias}")
    public Response distrust(@PathParam(ALIAS) String alias) {
        mayManage();
        return new RealmChange(admin).make(own -> new IdentityProvidersResource(own).take(alias));
    }

    private Response give(String alias, TrustDocument document, boolean dry) {
        if (!new RealmSetUp(admin.session(), admin.realm()).isEnabled()) {
            return ServerDeclaration.notEnabled();
        }
        try {
            IssuerTrust.Given given = trust.give(alias, document);
            ObjectNode answer = JsonSerialization.mapper.createObjectNode().put("dryRun", dry);
            answer.putArray("changes").addAll(given.changes());
            answer.set("identityProvider", json(given.issuer()));
            if (dry) {
                admin.session().getTransactionManager().setRollbackOnly();
            } else if (!given.changes().isEmpty()) {
                admin.did(OperationType.UPDATE, answer.get("changes"), "mcp", "identity-providers", alias);
            }
            return JsonResponses.ok(answer);
        } catch (InvalidInput e) {
            admin.session().getTransactionManager().setRollbackOnly();
            return JsonResponses.invalid(e);
        }
    }

    private Response take(String alias) {
        if (!trust.take(alias)) {
            return unknown();
        }
        admin.did(OperationType.DELETE, Map.of(ALIAS, alias), "mcp", "identity-providers", alias);
        return JsonResponses.ok(JsonSerialization.mapper.createObjectNode().put(ALIAS, alias));
    }

    private void mayView() {
        admin.mayView();
        admin.auth().realm().requireViewIdentityProviders();
    }

    private void mayManage() {
        admin.mayManage();
        admin.auth().realm().requireManageIdentityProviders();
    }

    private static ObjectNode json(TrustedIssuer issuer) {
        Map<String, String> config =
                Optional.ofNullable(issuer.provider().getConfig()).orElse(Map.of());
        ObjectNode json = JsonSerialization.mapper
                .createObjectNode()
                .put(ALIAS, issuer.provider().getAlias())
                .put("enabled", issuer.provider().isEnabled())
                .put("issuer", config.get(IdentityProviderModel.ISSUER))
                .put("jwksUrl", config.get(OIDCIdentityProviderConfig.JWKS_URL))
                .put("documentClients", issuer.trustsDocuments())
                .put("users", issuer.users().text());
        issuer.clients().forEach(json.putArray("clients")::add);
        issuer.servers().forEach(json.putArray("servers")::add);
        return json;
    }

    private static Response unknown() {
        return JsonResponses.error(Response.Status.NOT_FOUND, "no identity provider of this name is trusted");
    }
}
