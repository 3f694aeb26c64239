package io.github.keycloakmcp.admin;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.rule.team.Team;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.util.JsonSerialization;

/** {@code …/mcp/access}: what the caller may see and change, so that a page offers nothing that would be refused. */
@Produces(MediaType.APPLICATION_JSON)
public final class AccessResource {

    private final AdminContext admin;

    AccessResource(AdminContext admin) {
        this.admin = admin;
    }

    /** Whether it is everything, and the teams with what they may declare. */
    @GET
    public Response access() {
        admin.mayViewServers();
        ObjectNode access = JsonSerialization.mapper.createObjectNode();
        access.put("view", admin.viewsRealm()).put("manage", admin.managesRealm());
        ArrayNode teams = access.putArray("teams");
        for (Team team : admin.teamServers().teams()) {
            ObjectNode one = teams.addObject().put("name", team.name());
            add(one.putArray("servers"), team.servers());
            add(one.putArray("scopes"), team.scopes());
        }
        return JsonResponses.ok(access);
    }

    private static void add(ArrayNode list, List<String> entries) {
        entries.forEach(list::add);
    }
}
