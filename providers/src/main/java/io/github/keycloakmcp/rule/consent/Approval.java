package io.github.keycloakmcp.rule.consent;

import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.keycloakmcp.rule.Sha256;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;

/**
 * A user's approval of one client for one MCP server and certain scopes there. It is valid as long as the consent to the
 * client is under which it was given: a consent that was revoked and given again is another one, with a later beginning.
 *
 * @param client the client's internal id, which is never given to another client as a {@code client_id} may be
 * @param subject what the user was asked for, by {@link #subject}
 * @param given when the user approved, in milliseconds since 1970, by the clock that also dates the consent
 */
public record Approval(String client, String subject, long given) {

    /** More approvals than a user needs; at about 150 bytes each, 30 KB. */
    static final int MOST = 200;

    private static final String PREFIX = "mcp.approval.";
    private static final Pattern NAME = Pattern.compile("mcp\\.approval\\.(\\S{1,64})\\.([A-Za-z0-9_-]{43})");
    private static final Pattern TIME = Pattern.compile("\\d{1,18}");
    private static final Pattern LISTED = Pattern.compile("(\\S{1,64}) (\\d{1,18}) (\\S{43})");

    /**
     * What a user is asked for: a server, whatever way its URI is spelled, with exactly these scopes. Keycloak keeps the
     * scopes of a client together, so that without them here a scope given for one server would open another one. A digest,
     * so that an approval has a bounded size.
     */
    public static String subject(ResourceIndicator server, Collection<String> scopes) {
        return digest(
                server.canonical() + "\n" + scopes.stream().sorted().distinct().collect(Collectors.joining("\n")));
    }

    /** The attribute that keeps it, with {@link #given} as its value; another approval of the same replaces it. */
    public String attribute() {
        return PREFIX + client + "." + subject;
    }

    /** Reads an attribute; nothing, if it is no approval. */
    public static Optional<Approval> read(String attribute, String value) {
        Matcher name = NAME.matcher(attribute);
        return name.matches() && TIME.matcher(value).matches()
                ? Optional.of(new Approval(name.group(1), name.group(2), Long.parseLong(value)))
                : Optional.empty();
    }

    /** Reads an entry of the list that earlier versions kept with a user; its time is the beginning of the consent. */
    public static Optional<Approval> readListed(String entry) {
        Matcher listed = LISTED.matcher(entry);
        return listed.matches()
                ? Optional.of(new Approval(listed.group(1), listed.group(3), Long.parseLong(listed.group(2))))
                : Optional.empty();
    }

    /** Tells whether exactly this was approved, under a consent to the client that began at {@code since}. */
    public boolean allows(String askingClient, String askedSubject, long since) {
        return client.equals(askingClient) && subject.equals(askedSubject) && given >= since;
    }

    /** Those of a user's approvals that are too many: the oldest. A user who needs one is asked once more. */
    public static List<Approval> surplus(Collection<Approval> approvals) {
        return approvals.stream()
                .sorted(Comparator.comparingLong(Approval::given))
                .limit(Math.max(0, approvals.size() - MOST))
                .toList();
    }

    private static String digest(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(text));
    }
}
