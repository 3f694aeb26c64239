package io.github.keycloakmcp.admin;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.admin.diagnosis.FindingJson;
import io.github.keycloakmcp.admin.diagnosis.RealmInspection;
import io.github.keycloakmcp.admin.setup.Change;
import io.github.keycloakmcp.admin.setup.InvalidInput;
import io.github.keycloakmcp.admin.setup.RealmSetUp;
import io.github.keycloakmcp.admin.setup.SetUpDocument;
import io.github.keycloakmcp.fetch.GuardedFetch;
import io.github.keycloakmcp.rule.diagnosis.Finding;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.OperationType;
import org.keycloak.util.JsonSerialization;

/** {@code /admin/realms/{realm}/mcp}: whether a realm is enabled for MCP, enabling it, and leaving again. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class McpRealmResource {

    private final AdminContext admin;
    private final GuardedFetch fetch;
    private final RealmSetUp setUp;

    McpRealmResource(AdminContext admin, GuardedFetch fetch) {
        this.admin = admin;
        this.fetch = fetch;
        this.setUp = new RealmSetUp(admin.session(), admin.realm());
    }

    /** What is there, as a document that can be sent back, and what a call without changes would still do. */
    @GET
    public Response status() {
        admin.mayView();
        return JsonResponses.ok(setUp.status());
    }

    /** Makes the realm what the document says; members that it does not name stay as they are. */
    @PUT
    public Response enable(@QueryParam("dryRun") @Nullable String dry, @Nullable String document) {
        admin.mayManage();
        try {
            SetUpDocument requested = setUp.read(document);
            return DryRun.isMeant(dry)
                    ? enable(requested, true)
                    : new RealmChange(admin).make(own -> new McpRealmResource(own, fetch).enable(requested, false));
        } catch (InvalidInput e) {
            return JsonResponses.invalid(e);
        }
    }

    /** Takes everything out again, so that the jar can be removed. */
    @DELETE
    public Response disable(@QueryParam("dryRun") @Nullable String dry) {
        admin.mayManage();
        return DryRun.isMeant(dry)
                ? disable(true)
                : new RealmChange(admin).make(own -> new McpRealmResource(own, fetch).disable(false));
    }

    private Response enable(SetUpDocument requested, boolean dry) {
        try {
            List<Finding> warnings = inspection().enabling();
            return answer(OperationType.UPDATE, setUp.enable(requested, dry), warnings, dry);
        } catch (InvalidInput e) {
            return JsonResponses.invalid(e);
        }
    }

    private Response disable(boolean dry) {
        List<Finding> warnings = inspection().leaving();
        return answer(OperationType.DELETE, setUp.disable(dry), warnings, dry);
    }

    private RealmInspection inspection() {
        return new RealmInspection(admin.session(), admin.realm(), setUp);
    }

    @Path("servers")
    public ServersResource servers() {
        return new ServersResource(admin);
    }

    @Path("access")
    public AccessResource access() {
        return new AccessResource(admin);
    }

    @Path("clients")
    public ClientsResource clients() {
        return new ClientsResource(admin);
    }

    @Path("approvals")
    public ApprovalsResource approvals() {
        return new ApprovalsResource(admin);
    }

    @Path("identity-providers")
    public IdentityProvidersResource identityProviders() {
        return new IdentityProvidersResource(admin);
    }

    @Path("page")
    public PageSwitchResource page() {
        return new PageSwitchResource(admin);
    }

    @Path("diagnosis")
    public DiagnosisResource diagnosis() {
        return new DiagnosisResource(admin, setUp, fetch);
    }

    private Response answer(OperationType operation, List<Change> changes, List<Finding> warnings, boolean dryRun) {
        if (!dryRun && !changes.isEmpty()) {
            admin.did(operation, RealmSetUp.json(changes), "mcp");
        }
        ObjectNode answer = JsonSerialization.mapper.createObjectNode();
        answer.put("dryRun", dryRun);
        answer.set("changes", RealmSetUp.json(changes));
        ArrayNode list = answer.putArray("warnings");
        warnings.forEach(warning -> FindingJson.put(list.addObject(), warning));
        return JsonResponses.ok(answer);
    }
}
