package io.github.keycloakmcp.rule.consent;

import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.keycloakmcp.rule.Sha256;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;

/**
 * An approval as earlier versions kept it: a digest of the server and exactly the scopes that were shown, so that it cannot
 * tell which. It becomes an {@link Approval} when the user logs in with it.
 *
 * @param client the client's internal id
 * @param subject what the user was asked for, by {@link #subject}
 * @param given when the user approved, or when the consent began, in milliseconds since 1970
 */
public record EarlierApproval(String client, String subject, long given) implements StoredApproval {

    private static final Pattern TIME = Pattern.compile("\\d{1,18}");
    private static final Pattern LISTED = Pattern.compile("(\\S{1,64}) (\\d{1,18}) (\\S{43})");

    /** What a user was asked for: a server, whatever way its URI is spelled, with exactly these scopes. */
    public static String subject(ResourceIndicator server, Collection<String> scopes) {
        String asked =
                server.canonical() + "\n" + scopes.stream().sorted().distinct().collect(Collectors.joining("\n"));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(asked));
    }

    @Override
    public String digest() {
        return subject;
    }

    /** Reads an attribute; nothing, if it is no approval of this form. */
    public static Optional<EarlierApproval> read(String attribute, String value) {
        Matcher name = NAME.matcher(attribute);
        return name.matches() && TIME.matcher(value).matches()
                ? Optional.of(new EarlierApproval(name.group(1), name.group(2), Long.parseLong(value)))
                : Optional.empty();
    }

    /** Reads an entry of the list that the first versions kept with a user. */
    public static Optional<EarlierApproval> readListed(String entry) {
        Matcher listed = LISTED.matcher(entry);
        return listed.matches()
                ? Optional.of(new EarlierApproval(listed.group(1), listed.group(3), Long.parseLong(listed.group(2))))
                : Optional.empty();
    }
}
