package io.github.keycloakmcp.admin.setup;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.ClientIds;
import io.github.keycloakmcp.platform.UserRoles;
import io.github.keycloakmcp.rule.team.Team;
import io.github.keycloakmcp.rule.team.Teams;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.RoleUtils;

/**
 * What an administrator of a team may declare. Everything is decided before anything is changed. A refusal names what the team
 * asked for, and not whether the realm has it: otherwise a team could search the realm for servers, scopes and roles of others.
 */
public final class TeamLimits {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Teams teams;
    private final TeamServers servers;
    private final Predicate<RoleModel> mayMap;

    /** @param mayMap whether Keycloak lets the caller assign a role to a client scope */
    public TeamLimits(KeycloakSession session, RealmModel realm, TeamServers servers, Predicate<RoleModel> mayMap) {
        this.session = session;
        this.realm = realm;
        this.teams = new Teams(servers.teams());
        this.servers = servers;
        this.mayMap = mayMap;
    }

    /** Returns the document as it may be applied, with the team that gets a new server. */
    public ServerDocument permit(ServerDocument document) throws NotPermitted {
        ClientModel client = ClientIds.find(realm, document.uri()).orElse(null);
        Optional<Team> its = servers.team(document.uri());
        Team team = its.isPresent() ? its.get() : free(document.uri());
        if (document.team() != null && !document.team().equals(team.name())) {
            throw new NotPermitted("team: an administrator of the realm gives a server to another team");
        }
        if (document.requiredRole() != null
                && !document.requiredRole().isEmpty()
                && !document.requiredRole().equals(stored(client))) {
            role(document.uri(), document.requiredRole(), ServerDocument.REQUIRED_ROLE);
        }
        if (document.scopes() != null) {
            Set<String> kept = document.scopes().stream()
                    .map(ServerDocument.OwnScope::name)
                    .collect(Collectors.toSet());
            leave(document.uri(), scope -> !kept.contains(scope.getName()));
            for (ServerDocument.OwnScope scope : document.scopes()) {
                scope(document.uri(), team, scope);
            }
        }
        aliases(document);
        return document.withTeam(team.name());
    }

    /** Refuses the removal of a server from a scope that would go with it, though it opens servers of others. */
    public void permitRemoval(String uri) throws NotPermitted {
        leave(uri, scope -> true);
    }

    private void leave(String uri, Predicate<ClientScopeModel> left) throws NotPermitted {
        for (ClientScopeModel scope : OwnScopes.of(realm, uri)) {
            if (left.test(scope) && !servers.mayLeave(scope)) {
                throw new NotPermitted("scopes: " + scope.getName() + " is not a scope of your servers alone");
            }
        }
    }

    /** The team for a server that is not there yet, under no name. */
    private Team free(String uri) throws NotPermitted {
        Team team = teams.declaring(uri, StoredTeams.all(realm))
                .orElseThrow(() -> new NotPermitted("uri: your teams may declare " + below()));
        Taken taken = new Taken(session, realm);
        if (taken.byClient(uri) || taken.byMapper(uri)) {
            throw new NotPermitted("uri: the realm uses this URI already; an administrator of the realm can give this "
                    + "server to the team " + team.name());
        }
        return team;
    }

    private void scope(String uri, Team team, ServerDocument.OwnScope scope) throws NotPermitted {
        ClientScopeModel there = KeycloakModelUtils.getClientScopeByName(realm, scope.name());
        boolean kept = there != null && OwnScopes.lists(there, uri) && scope.changesNothing();
        boolean own = there == null ? team.mayName(scope.name()) : servers.hasAlone(there);
        if (!kept && !own) {
            throw new NotPermitted("scopes: " + scope.name()
                    + " is not a scope of your servers alone; the team may add " + String.join(" ", team.scopes()));
        }
        if (scope.roles() != null) {
            List<String> before = there == null ? List.of() : UserRoles.of(there);
            for (String role : scope.roles()) {
                if (!before.contains(role)) {
                    role(uri, role, ServerDocument.ROLES);
                }
            }
        }
    }

    /**
     * Roles of the team's servers. Any other role would be in the tokens of users who allow the scope, where a client of the
     * team reads it and uses it elsewhere.
     */
    private void role(String uri, String name, String member) throws NotPermitted {
        RoleModel role = KeycloakModelUtils.getRoleFromString(session, realm, name);
        if (role == null
                ? OwnRoles.name(uri, name).isEmpty()
                : !RoleUtils.expandCompositeRoles(Set.of(role)).stream().allMatch(this::isPermitted)) {
            throw new NotPermitted(member + ": " + name + " is not a role of your servers, such as " + uri + ".editor");
        }
    }

    private boolean isPermitted(RoleModel role) {
        return (role.getContainer() instanceof ClientModel client
                        && servers.team(client).isPresent())
                || mayMap.test(role);
    }

    private void aliases(ServerDocument document) throws NotPermitted {
        if (document.aliases() != null) {
            List<String> before = new ServerAliases(realm, document.uri()).read();
            for (String alias : document.aliases()) {
                if (!before.contains(alias)) {
                    free(alias);
                }
            }
        }
    }

    private String below() {
        return String.join(
                " ",
                teams.own().stream().flatMap(team -> team.servers().stream()).toList());
    }

    private static String stored(@Nullable ClientModel client) {
        return client == null
                ? ""
                : Objects.requireNonNullElse(client.getAttribute(ClientAttributes.REQUIRED_ROLE), "");
    }
}
