package io.github.keycloakmcp.rule.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.keycloakmcp.rule.resource.ResourceIndicator;

/**
 * That a user has said yes to one client for one MCP server and certain scopes there. It counts as long as the consent to
 * the client does under which it was given: a consent that was revoked and given again is another one, with another
 * beginning.
 *
 * @param client the client's internal id, which is never given to another client as a {@code client_id} may be
 * @param since when the consent to the client was given first, in milliseconds since 1970
 * @param subject what the user was asked for, by {@link #subject}
 */
public record Approval(String client, long since, String subject) {

    private static final Pattern TEXT = Pattern.compile("(\\S{1,64}) (\\d{1,18}) (\\S{43})");

    /**
     * What a user is asked for: a server, whatever way its URI is spelled, with exactly these scopes. Keycloak keeps the
     * scopes of a client together, so that without them here a scope given for one server would open another one. A digest,
     * so that an approval has a bounded size.
     */
    public static String subject(ResourceIndicator server, Collection<String> scopes) {
        return digest(
                server.canonical() + "\n" + scopes.stream().sorted().distinct().collect(Collectors.joining("\n")));
    }

    /** Reads what {@link #text} has written; nothing, if somebody else has. */
    static Optional<Approval> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        MatchResult found = matcher.toMatchResult();
        return Optional.of(new Approval(found.group(1), Long.parseLong(found.group(2)), found.group(3)));
    }

    /** At most 127 characters, so that it fits into any database's column for a user attribute. */
    String text() {
        return client + " " + since + " " + subject;
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
