package io.github.keycloakmcp.admin.setup;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.ClientIds;
import io.github.keycloakmcp.platform.ServerScopes;
import io.github.keycloakmcp.platform.ServerSettings;
import io.github.keycloakmcp.rule.team.Team;
import io.github.keycloakmcp.rule.team.Teams;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;

/** The MCP servers that an administrator of teams looks after. */
public final class TeamServers {

    private final RealmModel realm;
    private final Teams teams;

    public TeamServers(RealmModel realm, Teams teams) {
        this.realm = realm;
        this.teams = teams;
    }

    /** The teams, none for a caller who is not an administrator of one. */
    public List<Team> teams() {
        return teams.own();
    }

    /** Tells whether the server is one of them; a URI is compared letter by letter. */
    public boolean has(@Nullable String uri) {
        return uri != null && team(uri).isPresent();
    }

    Optional<Team> team(String uri) {
        return teams.own().stream().anyMatch(team -> team.covers(uri) != Team.NOT_COVERED)
                ? ClientIds.find(realm, uri).flatMap(this::team)
                : Optional.empty();
    }

    /** The team of the server that {@code client} is; a client that registered itself is none. */
    Optional<Team> team(ClientModel client) {
        return client.getAttribute(ClientAttributes.REGISTERED) == null
                ? teams.of(client.getClientId(), client.getAttribute(ClientAttributes.TEAM))
                : Optional.empty();
    }

    /** Tells whether the scope is one of these servers, and of no other one. */
    boolean hasAlone(ClientScopeModel scope) {
        return ServerScopes.isOwn(scope)
                && RealmParts.mappers(scope).stream().allMatch(mapper -> hasAlone(mapper.getConfig()));
    }

    private boolean hasAlone(Map<String, String> mapper) {
        List<String> uris = ServerSettings.SERVERS.in(mapper);
        return !uris.isEmpty()
                && uris.stream().allMatch(this::has)
                && ServerSettings.PATTERNS.in(mapper).isEmpty()
                && !ServerSettings.CLIENTS.in(mapper);
    }

    /** Tells whether taking a server from the scope takes it from no other server. */
    boolean mayLeave(ClientScopeModel scope) {
        List<ProtocolMapperModel> mappers = RealmParts.mappers(scope);
        return hasAlone(scope)
                || (mappers.size() == 1
                        && ServerSettings.SERVERS.in(mappers.get(0).getConfig()).size() > 1);
    }
}
