package io.github.keycloakmcp.admin;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.admin.setup.InvalidInput;
import io.github.keycloakmcp.admin.setup.NotPermitted;
import io.github.keycloakmcp.admin.setup.RealmSetUp;
import io.github.keycloakmcp.admin.setup.ServerAliases;
import io.github.keycloakmcp.admin.setup.ServerDocument;
import io.github.keycloakmcp.admin.setup.ServerObjects;
import io.github.keycloakmcp.admin.setup.ServerView;
import io.github.keycloakmcp.admin.setup.SetUpDocumentReader;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.admin.OperationType;
import org.keycloak.util.JsonSerialization;

/**
 * Declares an MCP server in a transaction of its own. A dry run makes the same changes and rolls them back, so that it tells
 * exactly what the call would do; so does a call that turns out to be invalid half-way.
 */
final class ServerDeclaration {

    private final AdminContext admin;
    private final RealmSetUp setUp;
    private final ServerObjects objects;

    ServerDeclaration(AdminContext admin) {
        this.admin = admin;
        this.setUp = new RealmSetUp(admin.session(), admin.realm());
        this.objects = new ServerObjects(admin.session(), admin.realm());
    }

    Response make(ServerDocument sent, boolean dry) {
        if (!setUp.isEnabled()) {
            return notEnabled();
        }
        try {
            ServerDocument document =
                    admin.managesRealm() ? sent : admin.teamLimits().permit(sent);
            List<ObjectNode> changes = new ArrayList<>(objects.declare(document));
            if (!objects.hasScopes(document.uri())) {
                changes.addAll(openWithGeneralScope(document.uri()));
            }
            changes.addAll(new ServerAliases(admin.realm(), document.uri()).set(document.aliases()));
            return answer(document.uri(), changes, dry);
        } catch (NotPermitted e) {
            return JsonResponses.error(Response.Status.FORBIDDEN, e.problem());
        } catch (InvalidInput e) {
            admin.session().getTransactionManager().setRollbackOnly();
            return JsonResponses.invalid(e);
        }
    }

    /** A server without own scopes needs a scope that opens it. */
    private List<ObjectNode> openWithGeneralScope(String uri) throws InvalidInput {
        List<String> servers = new ArrayList<>(setUp.document().list(SetUpDocumentReader.SERVERS));
        if (servers.contains(uri)) {
            return List.of();
        }
        servers.add(uri);
        ObjectNode change = JsonSerialization.mapper
                .createObjectNode()
                .put("action", "update")
                .put("kind", "protocol-mapper")
                .put("name", "mcp:tools")
                .put("member", "servers")
                .put("after", uri);
        return setUp.declare(servers).isEmpty() ? List.of() : List.of(change);
    }

    private Response answer(String uri, List<ObjectNode> changes, boolean dry) {
        ObjectNode answer = JsonSerialization.mapper.createObjectNode().put("dryRun", dry);
        answer.putArray("changes").addAll(changes);
        answer.set("server", ServerView.of(admin.realm(), uri));
        if (dry) {
            admin.session().getTransactionManager().setRollbackOnly();
        } else if (!changes.isEmpty()) {
            admin.did(OperationType.UPDATE, answer.get("changes"), "mcp", "servers", uri);
        }
        return JsonResponses.ok(answer);
    }

    static Response notEnabled() {
        return JsonResponses.error(Response.Status.CONFLICT, "the realm is not enabled for MCP; PUT …/mcp enables it");
    }
}
