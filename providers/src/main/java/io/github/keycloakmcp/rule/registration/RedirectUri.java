package io.github.keycloakmcp.rule.registration;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.keycloakmcp.rule.Loopback;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A redirect URI that is safe to compare character by character: well-formed, absolute, without any of the tricks that
 * make two programs disagree about where it leads.
 *
 * @param value the URI as the client wrote it
 * @param kind where an authorization code sent to it ends up
 * @param scheme lower-case scheme
 * @param host lower-case host with the port where it is not the scheme's own; empty for a private-use scheme without one
 */
public record RedirectUri(String value, Kind kind, String scheme, String host) {

    /** Where an authorization code ends up (RFC 8252 sections 7.1 to 7.3). */
    public enum Kind {
        /** A web server, known by its host. */
        HTTPS,
        /** A web server that is reached without encryption, on a network that an administrator trusts. */
        PLAIN_HTTP,
        /** A program on the user's own computer that listens on a port. */
        LOOPBACK,
        /** A program that the user's operating system has registered for a scheme. */
        PRIVATE_USE
    }

    /** Longest accepted redirect URI; Keycloak's own column holds 255 characters. */
    public static final int MAX_LENGTH = 255;

    /** What RFC 3986 allows, less the asterisk, which Keycloak reads as a wildcard, and the fragment sign. */
    private static final Pattern SAFE_CHARACTERS = Pattern.compile("[A-Za-z0-9\\-._~:/?\\[\\]@!$&'()+,;=%]+");

    /** Dot segments and encoded dots, slashes, backslashes and control characters: read differently by different programs. */
    private static final Pattern AMBIGUOUS_PATH =
            Pattern.compile("(^|/)\\.{1,2}(/|$)|%(2e|2f|5c|[01][0-9a-f]|7f)", Pattern.CASE_INSENSITIVE);

    private static final Pattern HOST_NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    /** A port as programs write it; some read leading zeros as octal, and a number that is no port as another one. */
    private static final Pattern PORT = Pattern.compile("0|[1-9]\\d{0,4}");

    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private static final Pattern LOOPBACK_PORT =
            Pattern.compile("^(http://[^/?]+):\\d+(?=[/?]|$)", Pattern.CASE_INSENSITIVE);

    private static final int MAX_PORT = 65_535;

    /** Reads a redirect URI, or says in words of RFC 7591 what is wrong with it; plain http is, beyond this computer. */
    public static Verdict<RedirectUri> parse(String value) {
        return parseAlsoPlainHttp(value)
                .then(uri -> uri.kind() == Kind.PLAIN_HTTP ? withoutEncryption(value) : Verdict.allowed(uri));
    }

    /**
     * The refusal of redirect URIs of which two differ in upper and lower case only, for a database that takes them for one; empty
     * where it must have meant something else.
     */
    public static Optional<Refusal> lookAlikes(@Nullable List<String> uris) {
        Set<String> all = uris == null ? Set.of() : new HashSet<>(uris);
        long different =
                all.stream().map(uri -> uri.toLowerCase(Locale.ROOT)).distinct().count();
        return different == all.size()
                ? Optional.empty()
                : Optional.of(InvalidMetadata.redirectUri(
                        RefusalCode.REDIRECT_MALFORMED,
                        "redirect_uris: two differ in upper and lower case only, and the database does not distinguish them",
                        "refused by the database"));
    }

    /** The verdict on a URI with http that leads to a host which no administrator trusts without encryption. */
    static Verdict<RedirectUri> withoutEncryption(String value) {
        return refused("http is allowed for loopback addresses only (localhost, 127.0.0.1, [::1]), use https", value);
    }

    /** Reads a redirect URI whose host is judged later: that it has http is no reason to refuse it here. */
    public static Verdict<RedirectUri> parseAlsoPlainHttp(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            return refused("the URI must have 1 to " + MAX_LENGTH + " characters", value);
        }
        if (!SAFE_CHARACTERS.matcher(value).matches()) {
            return refused(
                    "the URI must not contain a wildcard, a fragment, white space or other special characters", value);
        }
        URI uri;
        try {
            uri = new URI(value);
        } catch (URISyntaxException e) {
            return refused("this is not a valid URI", value);
        }
        if (!uri.isAbsolute() || uri.isOpaque()) {
            return refused("the URI must be absolute, with a path", value);
        }
        if (authority(uri).contains("@") || authority(uri).endsWith(":")) {
            return refused("the URI must not contain a user name or an empty port", value);
        }
        if (!isPlainPort(authority(uri))) {
            return refused("the port of the URI must be 0 to " + MAX_PORT + ", without leading zeros", value);
        }
        if (AMBIGUOUS_PATH.matcher(uri.getRawPath()).find()) {
            return refused("the path of the URI must not contain dot segments or encoded separators", value);
        }
        return uri.getScheme().equalsIgnoreCase("https") || uri.getScheme().equalsIgnoreCase("http")
                ? web(value, uri)
                : privateUse(value, uri);
    }

    private static Verdict<RedirectUri> web(String value, URI uri) {
        if (uri.getHost() == null) {
            return refused("the URI must have a plain host name", value);
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (scheme.equals("http") && Loopback.isLoopback(host)) {
            return Verdict.allowed(new RedirectUri(value, Kind.LOOPBACK, scheme, host + port(uri)));
        }
        Kind kind = scheme.equals("http") ? Kind.PLAIN_HTTP : Kind.HTTPS;
        if (HOST_NAME.matcher(host).matches()) {
            return Verdict.allowed(new RedirectUri(value, kind, scheme, host + port(uri)));
        }
        return kind == Kind.HTTPS
                ? refused("an https URI must have a plain host name", value)
                : withoutEncryption(value);
    }

    private static Verdict<RedirectUri> privateUse(String value, URI uri) {
        return Verdict.allowed(new RedirectUri(
                value,
                Kind.PRIVATE_USE,
                uri.getScheme().toLowerCase(Locale.ROOT),
                authority(uri).toLowerCase(Locale.ROOT)));
    }

    /** The same loopback URI without its port, which Keycloak matches with any port (RFC 8252 section 7.3). */
    public String withoutPort() {
        return kind == Kind.LOOPBACK ? LOOPBACK_PORT.matcher(value).replaceFirst("$1") : value;
    }

    /** Tells whether {@code authority} ends in a port that every program reads alike, or in none. */
    private static boolean isPlainPort(String authority) {
        String port = authority.substring(authority.lastIndexOf(':') + 1);
        boolean none =
                port.length() == authority.length() || !DIGITS.matcher(port).matches();
        return none || (PORT.matcher(port).matches() && Integer.parseInt(port) <= MAX_PORT);
    }

    private static String authority(URI uri) {
        return uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    }

    private static String port(URI uri) {
        return uri.getPort() < 0 ? "" : ":" + uri.getPort();
    }

    private static Verdict<RedirectUri> refused(String description, String value) {
        return Verdict.refused(InvalidMetadata.redirectUri(
                RefusalCode.REDIRECT_MALFORMED, description + ": " + Refusal.excerpt(value), "malformed redirect URI"));
    }
}
