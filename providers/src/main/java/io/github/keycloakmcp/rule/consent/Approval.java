package io.github.keycloakmcp.rule.consent;

import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.keycloakmcp.rule.ScopeList;
import io.github.keycloakmcp.rule.Sha256;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;

/**
 * A user's approval of one client for certain scopes at one MCP server. Keycloak keeps the scopes of a client together, so that
 * without this a scope that was given for one server would open another one.
 *
 * @param client the client's internal id
 * @param server the server, by {@link #key}
 * @param uri the server's URI, as it was shown to the user
 * @param scopes what the user allowed there
 * @param given when the user last allowed something there, in milliseconds since 1970
 */
public record Approval(String client, String server, String uri, Set<String> scopes, long given)
        implements StoredApproval {

    private static final String BLANK = " ";
    private static final Pattern VALUE = Pattern.compile("(\\d{1,18}) (\\S+)((?: \\S+)*)");

    public Approval {
        scopes = Set.copyOf(scopes);
    }

    /** A server whatever way its URI is spelled: a digest, so that the name of the attribute has a bounded size. */
    public static String key(ResourceIndicator server) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(server.canonical()));
    }

    @Override
    public String digest() {
        return server;
    }

    /** The value of the attribute: the time, the URI and the scopes, with blanks between them. */
    public String value() {
        return String.join(BLANK, Long.toString(given), uri, String.join(BLANK, new TreeSet<>(scopes)))
                .strip();
    }

    /**
     * Returns the same after another answer of the user: what was asked for is allowed as far as the user did not leave it out,
     * and what was not asked for stays.
     *
     * @param asked the scopes of the request
     * @param leftOut what the user did not select of them
     */
    public Approval after(Set<String> asked, Set<String> leftOut, long now) {
        Set<String> allowed = new HashSet<>(scopes);
        allowed.addAll(asked);
        allowed.removeAll(leftOut);
        return new Approval(client, server, uri, allowed, now);
    }

    /** The same at another time. */
    public Approval at(long time) {
        return new Approval(client, server, uri, scopes, time);
    }

    /** Reads an attribute; nothing, if it is no approval of this form. */
    public static Optional<Approval> read(String attribute, String value) {
        Matcher name = NAME.matcher(attribute);
        Matcher read = VALUE.matcher(value);
        return name.matches() && read.matches()
                ? Optional.of(new Approval(
                        name.group(1),
                        name.group(2),
                        read.group(2),
                        ScopeList.names(read.group(3)),
                        Long.parseLong(read.group(1))))
                : Optional.empty();
    }
}
