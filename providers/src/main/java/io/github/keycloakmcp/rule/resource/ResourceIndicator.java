package io.github.keycloakmcp.rule.resource;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.github.keycloakmcp.rule.Loopback;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * The URI of an MCP server as it was written, with the canonical form in which two spellings of it are equal.
 *
 * <p>Without a canonical form a client that writes {@code HTTPS://API.example:443/} is refused by a server declared as
 * {@code https://api.example}. The canonical form is used to compare only: what reaches a token is always the declared
 * spelling, byte for byte, because that is what the MCP server compares with.
 *
 * @param written the URI as written
 * @param canonical lower-case scheme and host, no default port, no lone trailing slash
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8707#section-2">RFC 8707, section 2</a>
 */
public record ResourceIndicator(String written, String canonical) {

    /** Longest accepted URI in characters; a longer one is not the address of a server. */
    public static final int MAX_LENGTH = 2000;

    /** RFC 3986 characters only: no white space, no control character, nothing that needs escaping. */
    private static final Pattern URI_CHARACTERS = Pattern.compile("[A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()*+,;=%]+");

    /** A part that stands for many, in a host name or as a segment of the path. */
    private static final Pattern WILDCARD = Pattern.compile("[/.]\\*+([/.:]|$)");

    /**
     * Reads a resource indicator.
     *
     * @return the indicator, or {@code invalid_target} with what is wrong with it
     */
    public static Verdict<ResourceIndicator> parse(String written) {
        return parse(written, host -> false);
    }

    /**
     * Reads a resource indicator that is compared with one that is accepted, or checked later: plain http is no reason to
     * refuse it here.
     */
    public static Verdict<ResourceIndicator> parseAlsoPlainHttp(String written) {
        return parse(written, host -> true);
    }

    /**
     * Reads a resource indicator.
     *
     * @param plainHttp tells of a host, lower case and with its port, whether an administrator allows plain http for it
     * @return the indicator, or {@code invalid_target} with what is wrong with it
     */
    static Verdict<ResourceIndicator> parse(String written, Predicate<String> plainHttp) {
        if (written.isEmpty() || written.length() > MAX_LENGTH) {
            return refused("resource must be a URI of 1 to " + MAX_LENGTH + " characters");
        }
        if (!URI_CHARACTERS.matcher(written).matches()) {
            return refused("resource contains a character that is not allowed in a URI");
        }
        URI uri;
        try {
            uri = new URI(written);
        } catch (URISyntaxException e) {
            return refused("resource is not a valid URI: " + Refusal.excerpt(written));
        }
        if (WILDCARD.matcher(written).find()) {
            return refused(
                    "resource must not contain a wildcard, only the URI of one server: " + Refusal.excerpt(written));
        }
        if (uri.isAbsolute() && uri.getHost() == null && isUnderscored(uri)) {
            return refused("resource names a host with an underscore, which no host name contains: "
                    + Refusal.excerpt(written));
        }
        if (!uri.isAbsolute() || uri.getHost() == null) {
            return refused("resource must be an absolute URI with a host: " + Refusal.excerpt(written));
        }
        if (uri.getRawFragment() != null || uri.getRawQuery() != null) {
            return refused("resource must not have a query or a fragment");
        }
        if (uri.getRawUserInfo() != null) {
            return refused("resource must not contain a user name");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean allowed = isThisComputer(host) || plainHttp.test(host + port(uri, scheme));
        if (!scheme.equals("https") && !(scheme.equals("http") && allowed)) {
            return refused("resource must use https (http for loopback addresses and plainHttpHosts only): "
                    + Refusal.excerpt(written));
        }
        return Verdict.allowed(new ResourceIndicator(written, scheme + "://" + host + port(uri, scheme) + path(uri)));
    }

    /** Tells whether {@code other} is another spelling of this, a trailing slash more or less forgiven. */
    public boolean names(ResourceIndicator other) {
        return canonical.equals(other.canonical) || canonical.equals(other.canonicalWithSlashToggled());
    }

    /** The same place with the trailing slash toggled: how URL parsers of some clients rewrite what they were given. */
    public String canonicalWithSlashToggled() {
        return canonical.endsWith("/") ? canonical.substring(0, canonical.length() - 1) : canonical + "/";
    }

    /** RFC 6761 section 6.3: names below {@code localhost} are this computer, too. No connection is made to them from here. */
    private static boolean isThisComputer(String host) {
        return Loopback.isLoopback(host) || host.endsWith(".localhost");
    }

    /** Java's parser knows no host in such an authority, RFC 952 and RFC 1123 neither. */
    private static boolean isUnderscored(URI uri) {
        return uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('_') >= 0;
    }

    private static String port(URI uri, String scheme) {
        int standard = scheme.equals("https") ? 443 : 80;
        return uri.getPort() < 0 || uri.getPort() == standard ? "" : ":" + uri.getPort();
    }

    private static String path(URI uri) {
        return uri.getRawPath().equals("/") ? "" : uri.getRawPath();
    }

    private static Verdict<ResourceIndicator> refused(String description) {
        return Verdict.refused(
                InvalidTarget.because(RefusalCode.RESOURCE_MALFORMED, description, "resource is malformed"));
    }
}
