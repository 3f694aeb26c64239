package io.github.keycloakmcp.rule.team;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The teams of which an administrator is one. A server is theirs if two things agree: the mark on its client names the team, and
 * the entries of the team's role cover its URI. One alone is not enough: an administrator of one client could write the mark, and
 * entries may cover servers that were there before the team.
 *
 * @param own the teams, none for an administrator of the realm or a user
 */
public record Teams(List<Team> own) {

    /** Of a caller who is not an administrator of a team. */
    public static final Teams NONE = new Teams(List.of());

    public Teams {
        own = own.stream().sorted(Comparator.comparing(Team::name)).toList();
    }

    /** Tells whether the caller looks after nothing. */
    public boolean isEmpty() {
        return own.isEmpty();
    }

    /**
     * The team for which the caller looks after a server.
     *
     * @param uri the URI of the server
     * @param mark the team that the client of the server names; null or empty for none
     */
    public Optional<Team> of(String uri, @Nullable String mark) {
        return own.stream()
                .filter(team -> team.name().equals(mark) && team.covers(uri) != Team.NOT_COVERED)
                .findFirst();
    }

    /**
     * The team for which the caller may declare a server that is not there yet: the one that covers it most closely. None if
     * another team covers it more closely; then it is in that team's part.
     *
     * @param all every team of the realm
     */
    public Optional<Team> declaring(String uri, Collection<Team> all) {
        int closest = all.stream().mapToInt(team -> team.covers(uri)).max().orElse(Team.NOT_COVERED);
        return own.stream()
                .filter(team -> team.covers(uri) != Team.NOT_COVERED && team.covers(uri) >= closest)
                .findFirst();
    }

    /** Tells whether one of the teams may make a scope of this name. */
    public boolean mayName(String scope) {
        return own.stream().anyMatch(team -> team.mayName(scope));
    }
}
