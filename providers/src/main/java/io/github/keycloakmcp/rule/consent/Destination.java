package io.github.keycloakmcp.rule.consent;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.keycloakmcp.rule.Loopback;
import org.jspecify.annotations.Nullable;

/**
 * Where the authorization code goes, in a form that a user can judge. A host is shown in full and in ASCII: a name with
 * other letters reads {@code xn--…}, which is ugly on purpose, because the letters of many scripts look like Latin ones.
 *
 * @param kind what is at the other end
 * @param shown the host, the scheme or, where neither can be told, the whole URI; empty where there is nothing to show
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-7">RFC 8252, section 7</a>
 */
public record Destination(Kind kind, String shown) {

    /** What is at the other end. */
    public enum Kind {
        /** A web site, known by its host. */
        WEB,
        /** A program on the user's computer that listens on a port. */
        LOOPBACK,
        /** A program that the user's device has registered for a scheme. */
        PROGRAM,
        /** The device that shows the code of the device flow; there is no redirect. */
        DEVICE,
        /** It cannot be told. */
        UNKNOWN
    }

    /** The device flow: the tokens go to the device that shows the user code (RFC 8628). */
    public static final Destination DEVICE = new Destination(Kind.DEVICE, "");

    /** Scheme and, where it has one, authority, in the way a browser takes a URI apart. */
    private static final Pattern PARTS =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.\\-]*):(?://([^/?#\\\\]*))?.*", Pattern.DOTALL);

    private static final int MAX_SHOWN = 300;

    /** Where a code for {@code redirectUri} goes. */
    public static Destination of(@Nullable String redirectUri) {
        Matcher parts = PARTS.matcher(redirectUri == null ? "" : redirectUri);
        if (!parts.matches()) {
            return unknown(redirectUri);
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("https") || scheme.equals("http");
        if (!web) {
            return scheme.equals("urn") ? unknown(redirectUri) : new Destination(Kind.PROGRAM, scheme);
        }
        return Optional.ofNullable(parts.group(2))
                .flatMap(Destination::host)
                .map(host -> web(scheme, host))
                .orElseGet(() -> unknown(redirectUri));
    }

    /** The host of an https URI as a user may read it, for example that of a metadata document. */
    public static Optional<String> hostOf(String uri) {
        Destination destination = of(uri);
        return destination.kind() == Kind.WEB ? Optional.of(destination.shown()) : Optional.empty();
    }

    private static Destination web(String scheme, URI host) {
        if (Loopback.isLoopback(host.getHost())) {
            return new Destination(Kind.LOOPBACK, host.getHost());
        }
        int standard = scheme.equals("https") ? 443 : 80;
        String port = host.getPort() < 0 || host.getPort() == standard ? "" : ":" + host.getPort();
        return new Destination(Kind.WEB, (scheme.equals("https") ? "" : "http://") + host.getHost() + port);
    }

    /** The authority as ASCII; none, where user info or anything else stands in it that two programs could read differently. */
    private static Optional<URI> host(String authority) {
        try {
            String ascii = IDN.toASCII(authority).toLowerCase(Locale.ROOT);
            URI uri = new URI("//" + ascii);
            return uri.getHost() == null || uri.getRawUserInfo() != null ? Optional.empty() : Optional.of(uri);
        } catch (IllegalArgumentException | URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Destination unknown(@Nullable String uri) {
        return new Destination(Kind.UNKNOWN, ShownText.of(uri == null ? "" : uri, MAX_SHOWN));
    }
}
