package io.github.keycloakmcp.admin.setup;

import java.util.List;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.team.Team;
import io.github.keycloakmcp.rule.team.Teams;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/**
 * The teams of a realm: realm roles with the attribute {@value #SERVERS}. Changing a realm role needs {@code manage-realm};
 * the attributes of a group can be changed by an administrator of that group alone, who could so give the group any server.
 */
public final class StoredTeams {

    /** On a realm role: the URIs of MCP servers that its users may declare and look after. */
    static final String SERVERS = "mcp.team.servers";

    /** On a realm role: the names of scopes that its users may make. */
    static final String SCOPES = "mcp.team.scopes";

    private StoredTeams() {}

    /** The teams that a user is an administrator of, by roles of the user and of groups, as they are now. */
    public static Teams of(RealmModel realm, UserModel user) {
        return new Teams(read(realm, RoleUtils.getDeepUserRoleMappings(user).stream()));
    }

    /** Every team of the realm. */
    static List<Team> all(RealmModel realm) {
        return read(realm, realm.getRolesStream());
    }

    /** Refuses a team that does not exist, or that may not look after the server. */
    static void require(RealmModel realm, String name, String uri) throws InvalidInput {
        if (read(realm, Stream.ofNullable(realm.getRole(name))).stream()
                .noneMatch(team -> team.covers(uri) != Team.NOT_COVERED)) {
            throw new InvalidInput(
                    ServerDocument.TEAM,
                    "there is no realm role " + name + " whose attribute " + SERVERS + " covers this server");
        }
    }

    private static List<Team> read(RealmModel realm, Stream<RoleModel> roles) {
        return roles.filter(
                        role -> !role.isClientRole() && role.getContainerId().equals(realm.getId()))
                .map(role -> new Team(role.getName(), values(role, SERVERS), values(role, SCOPES)))
                .filter(team -> !team.servers().isEmpty())
                .toList();
    }

    private static List<String> values(RoleModel role, String attribute) {
        return role.getAttributeStream(attribute).map(String::strip).toList();
    }
}
