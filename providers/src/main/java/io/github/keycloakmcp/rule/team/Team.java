package io.github.keycloakmcp.rule.team;

import java.util.List;
import java.util.regex.Pattern;

import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;

/**
 * A team as an administrator of the realm has described it: the role of its administrators, and what they may declare. An entry
 * that ends with a separator allows everything below it, any other one exactly itself. A team without entries may declare nothing.
 *
 * @param name the name of the realm role
 * @param servers URIs of MCP servers; {@code https://tools.example.com/calendar/} with everything below
 * @param scopes names of scopes; {@code calendar:} with every name that begins so
 */
public record Team(String name, List<String> servers, List<String> scopes) {

    /** No entry of the team covers a URI. */
    public static final int NOT_COVERED = -1;

    private static final String SLASH = "/";

    /** What separates the parts of a scope's name. Without it, {@code cal} would cover {@code calculator}. */
    private static final Pattern BEGINNING = Pattern.compile(".+[:/.]");

    /**
     * The path of a server that lies below an entry: some programs go up at a segment of dots, or read an escaped or doubled
     * slash as one, and would take the server for one of another team.
     */
    private static final Pattern PLAIN_PATH = Pattern.compile("(/(?!\\.{1,2}(;|/|$))[^/%]+)*/?");

    private static final Pattern ORIGIN = Pattern.compile("^[a-z]+://[^/]+");

    public Team {
        servers = List.copyOf(servers);
        scopes = List.copyOf(scopes);
    }

    /** How long the entry is that covers the server most closely; {@link #NOT_COVERED} if none does. */
    public int covers(String uri) {
        return ResourceIndicator.parseAlsoPlainHttp(uri) instanceof Verdict.Allowed<ResourceIndicator> read
                        && isPlain(read.value())
                ? servers.stream()
                        .filter(entry -> covers(entry, read.value()))
                        .mapToInt(Team::length)
                        .max()
                        .orElse(NOT_COVERED)
                : NOT_COVERED;
    }

    /** Tells whether the team may make a scope of this name. */
    public boolean mayName(String scope) {
        return scopes.stream()
                .anyMatch(entry -> BEGINNING.matcher(entry).matches()
                        ? scope.startsWith(entry) && scope.length() > entry.length()
                        : scope.equals(entry));
    }

    private static boolean covers(String entry, ResourceIndicator server) {
        if (!(ResourceIndicator.parseAlsoPlainHttp(entry) instanceof Verdict.Allowed<ResourceIndicator> read)) {
            return false;
        }
        return entry.endsWith(SLASH)
                ? directory(server).startsWith(directory(read.value()))
                : read.value().names(server);
    }

    /** Of its canonical form: a longer spelling is not a closer entry. */
    private static int length(String entry) {
        return ResourceIndicator.parseAlsoPlainHttp(entry) instanceof Verdict.Allowed<ResourceIndicator> read
                ? directory(read.value()).length()
                : NOT_COVERED;
    }

    /** With a slash at its end, so that an entry does not cover a host or a folder that only begins with its letters. */
    private static String directory(ResourceIndicator uri) {
        String canonical = uri.canonical();
        return canonical.endsWith(SLASH) ? canonical : canonical + SLASH;
    }

    private static boolean isPlain(ResourceIndicator server) {
        return PLAIN_PATH
                .matcher(ORIGIN.matcher(server.canonical()).replaceFirst(""))
                .matches();
    }
}
