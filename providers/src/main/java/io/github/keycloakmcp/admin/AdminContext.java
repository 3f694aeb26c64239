package io.github.keycloakmcp.admin;

import io.github.keycloakmcp.admin.setup.StoredTeams;
import io.github.keycloakmcp.admin.setup.TeamLimits;
import io.github.keycloakmcp.admin.setup.TeamServers;
import io.github.keycloakmcp.rule.team.Teams;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * Who asks, for which realm. Rights are Keycloak's own: to look one needs {@code view-realm} and {@code view-clients}, to
 * change {@code manage-realm} and {@code manage-clients}, because every call reads or writes both. An administrator of a team
 * has none of these, and looks after the servers of the team.
 *
 * @param session the session of the request
 * @param realm the realm that the request is about
 * @param auth what the administrator may do in it
 * @param event records what was changed
 */
record AdminContext(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder event) {

    /** Whether the caller may see everything. */
    boolean viewsRealm() {
        return auth.realm().canViewRealm() && auth.clients().canView();
    }

    /** Whether the caller may change everything. */
    boolean managesRealm() {
        return auth.realm().canManageRealm() && auth.clients().canManage();
    }

    /**
     * The servers of the caller's teams. A team needs the administrator's role {@value AdminRoles#QUERY_REALMS} as well, which
     * shows nothing but the name of the realm: the token of an application that the same user has logged in to does not carry it,
     * and so cannot look after servers in the user's name.
     */
    TeamServers teamServers() {
        UserModel user = auth.adminAuth().getRealm().getId().equals(realm.getId())
                        && auth.hasOneAdminRole(AdminRoles.QUERY_REALMS)
                ? session.users().getUserById(realm, auth.adminAuth().getUser().getId())
                : null;
        return new TeamServers(realm, user == null ? Teams.NONE : StoredTeams.of(realm, user));
    }

    /** What the caller's teams may declare. */
    TeamLimits teamLimits() {
        return new TeamLimits(session, realm, teamServers(), auth.roles()::canMapClientScope);
    }

    /** Refuses a caller who may neither see everything nor looks after a team's servers. */
    void mayViewServers() {
        if (teamServers().teams().isEmpty()) {
            mayView();
        }
    }

    /** Refuses a caller who may neither change everything nor looks after a team's servers. */
    void mayManageServers() {
        if (teamServers().teams().isEmpty()) {
            mayManage();
        }
    }

    void mayView() {
        auth.realm().requireViewRealm();
        auth.clients().requireView();
    }

    /** Events name users' clients and errors, so they need a right of their own, {@code view-events}. */
    boolean mayViewEvents() {
        return auth.realm().canViewEvents();
    }

    /** Events have the internal ids of users; names need a right of their own, {@code view-users}. */
    boolean mayViewUsers() {
        return auth.users().canView();
    }

    /** Refuses an administrator who asks about a user without the right to view users. */
    void requireViewUsers() {
        auth.users().requireView();
    }

    /** Refuses an administrator who may not take from users what they have allowed: {@code manage-users}. */
    void requireManageUsers() {
        auth.users().requireManage();
    }

    /** Whether the caller may take from all users what they have allowed. */
    boolean mayManageUsers() {
        return auth.users().canManage();
    }

    void mayManage() {
        auth.realm().requireManageRealm();
        auth.clients().requireManage();
    }

    /** The same administrator in a session of its own. */
    AdminContext in(KeycloakSession other) {
        RealmModel same = other.realms().getRealm(realm.getId());
        other.getContext().setRealm(same);
        return new AdminContext(other, same, auth, event.clone(other));
    }

    /**
     * Records a change as an admin event. Keycloak's query for admin events knows its own resource types only; the one for
     * those of extensions is {@code CUSTOM}, the path says which extension.
     *
     * @param path what was changed, below the realm
     */
    void did(OperationType operation, Object representation, String... path) {
        event.resource(ResourceType.CUSTOM)
                .operation(operation)
                .resourcePath(path)
                .representation(representation)
                .success();
    }
}
