package io.github.keycloakmcp.admin;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.util.JsonSerialization;

/**
 * {@code …/mcp/approvals}: which users have allowed which clients to use which MCP servers, and taking that back. Reading
 * also needs {@code view-users}, taking back {@code manage-users}; neither needs {@code manage-realm}. An administrator of a
 * team does both at the team's servers, one at a time.
 */
@Produces(MediaType.APPLICATION_JSON)
public final class ApprovalsResource {

    private static final int LARGEST_PAGE = 100;

    private final AdminContext admin;

    ApprovalsResource(AdminContext admin) {
        this.admin = admin;
    }

    /**
     * A page of valid approvals. A page can be shorter than {@code max}, or empty, and yet have a {@code next}.
     *
     * @param user a username or a user's id
     * @param client a client id or a client's internal id
     * @param server the URI of an MCP server
     * @param after the {@code next} of the page before
     */
    @GET
    public Response list(
            @QueryParam("user") @DefaultValue("") String user,
            @QueryParam("client") @DefaultValue("") String client,
            @QueryParam("server") @DefaultValue("") String server,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("max") @DefaultValue("20") int max) {
        boolean all = admin.viewsRealm() && admin.mayViewUsers();
        if (!all) {
            teamOr(() -> {
                admin.mayView();
                admin.requireViewUsers();
            });
            if (!admin.teamServers().has(server)) {
                return notTheirs();
            }
        }
        Optional<ApprovalRow.Position> position = ApprovalRow.Position.read(after);
        if (position.isEmpty()) {
            return JsonResponses.error(
                    Response.Status.BAD_REQUEST, "after: the value of next of the page before is expected");
        }
        try {
            ApprovalFilter filter = filter(all, user, client, server);
            return JsonResponses.ok(page(filter, position.get(), Math.min(LARGEST_PAGE, Math.max(1, max))));
        } catch (ApprovalFilter.Unknown e) {
            return JsonResponses.error(Response.Status.NOT_FOUND, e.problem());
        }
    }

    /**
     * Takes back all approvals of a user, of a client, at a server, or what several of these have in common. Refresh tokens end
     * at once; the answer tells how long access tokens live that are already out.
     */
    @DELETE
    public Response revoke(
            @QueryParam("user") @DefaultValue("") String user,
            @QueryParam("client") @DefaultValue("") String client,
            @QueryParam("server") @DefaultValue("") String server,
            @QueryParam("dryRun") @Nullable String dry) {
        boolean all = admin.viewsRealm() && admin.mayManageUsers();
        if (!all) {
            teamOr(() -> {
                admin.mayView();
                admin.requireManageUsers();
            });
            if (!admin.teamServers().has(server)) {
                return notTheirs();
            }
        }
        try {
            ApprovalFilter filter = filter(all, user, client, server);
            return filter.isEmpty()
                    ? JsonResponses.error(
                            Response.Status.BAD_REQUEST, "user, client or server is expected; nothing was taken back")
                    : JsonResponses.ok(new RevocationOfApprovals(admin, filter).make(DryRun.isMeant(dry)));
        } catch (ApprovalFilter.Unknown e) {
            return JsonResponses.error(Response.Status.NOT_FOUND, e.problem());
        }
    }

    private void teamOr(Runnable requirement) {
        if (admin.teamServers().teams().isEmpty()) {
            requirement.run();
        }
    }

    /** For a team, a user or client that does not exist is one without approvals: it cannot search the realm for them. */
    private ApprovalFilter filter(boolean all, String user, String client, String server)
            throws ApprovalFilter.Unknown {
        try {
            return ApprovalFilter.read(admin.session(), admin.realm(), user, client, server);
        } catch (ApprovalFilter.Unknown e) {
            if (all) {
                throw e;
            }
            return ApprovalFilter.NONE;
        }
    }

    private static Response notTheirs() {
        return JsonResponses.error(Response.Status.NOT_FOUND, "server: the URI of a server of your teams is expected");
    }

    private ObjectNode page(ApprovalFilter filter, ApprovalRow.Position after, int max) {
        ApprovalSearch.Page found = new ApprovalSearch(admin.session(), admin.realm()).page(filter, after, max);
        ApprovalNames names = new ApprovalNames(admin.session(), admin.realm(), found.rows());
        ObjectNode page = JsonSerialization.mapper.createObjectNode();
        ArrayNode approvals = page.putArray("approvals");
        found.rows().stream().map(names::json).forEach(approvals::add);
        if (found.next() != null) {
            page.put("next", found.next().text());
        }
        return page;
    }
}
