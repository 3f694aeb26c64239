package io.github.keycloakmcp.rule.registration;

import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.keycloakmcp.rule.Sha256;
import io.github.keycloakmcp.rule.Verdict;

/**
 * Names a public client after what it is, so that the same program gets the same {@code client_id} whenever it registers.
 * Without it each start of a program that forgets its registration leaves one more client behind.
 *
 * <p>The name is a digest of everything that decides how the client behaves. Whatever has no effect stays out of it: the
 * order of lists, what is not stored, and the port of a loopback redirect URI, which may be any (RFC 8252 section 7.3).
 */
public final class SharedClientId {

    private static final String PREFIX = "mcp-";

    /** As many hexadecimal digits as fit behind the prefix into Keycloak's column of 36 characters: 128 bits. */
    private static final int DIGITS = 32;

    /** The loopback names for which Keycloak matches a URI without port with any port; others match as they are. */
    private static final Set<String> ANY_PORT = Set.of("localhost", "127.0.0.1", "[::1]");

    private SharedClientId() {}

    /**
     * The identifier of a client.
     *
     * @param realm the realm's identifier, so that no two realms share one
     * @param client what the client is
     * @param more what else decides how it behaves, by name
     * @param anyPort whether the port of a loopback redirect URI has no effect; it has one for a program in a browser,
     *     which may call the token endpoint from the origins of its redirect URIs only
     */
    public static String of(String realm, ClientMetadata client, Map<String, String> more, boolean anyPort) {
        StringBuilder text = new StringBuilder();
        add(text, List.of(realm));
        add(text, List.of(client.name()));
        add(
                text,
                client.redirectUris().stream()
                        .map(uri -> anyPort ? withoutPort(uri) : uri)
                        .collect(Collectors.toSet()));
        add(text, client.postLogoutRedirectUris());
        add(text, client.grantTypes());
        add(text, client.responseTypes());
        add(text, client.scopes());
        for (Map<String, String> members : List.of(client.links(), client.fetched(), more)) {
            Map<String, String> sorted = new TreeMap<>(members);
            add(text, sorted.keySet());
            sorted.values().forEach(value -> add(text, List.of(value)));
        }
        return PREFIX + digest(text.toString());
    }

    /** Tells whether {@code clientId} may have been made here. */
    public static boolean isOne(String clientId) {
        return clientId.startsWith(PREFIX) && clientId.length() == PREFIX.length() + DIGITS;
    }

    private static String withoutPort(String uri) {
        return RedirectUri.parse(uri) instanceof Verdict.Allowed<RedirectUri> parsed
                        && ANY_PORT.contains(parsed.value().host().replaceFirst(":\\d+$", ""))
                ? parsed.value().withoutPort()
                : uri;
    }

    /** Writes a set so that no two different sequences of sets are written alike. */
    private static void add(StringBuilder text, Collection<String> values) {
        Set<String> sorted = new TreeSet<>(values);
        text.append(sorted.size()).append('{');
        sorted.forEach(value -> text.append(value.length()).append(':').append(value));
        text.append('}');
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(Sha256.of(text)).substring(0, DIGITS);
    }
}
