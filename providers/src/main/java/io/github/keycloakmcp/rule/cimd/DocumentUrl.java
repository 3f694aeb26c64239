package io.github.keycloakmcp.rule.cimd;

import java.net.URI;
import java.util.regex.Pattern;

import io.github.keycloakmcp.rule.Loopback;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.RedirectUri;

/**
 * A client identifier that is the URL of its own metadata document: absolute, with a path, without anything that makes
 * two programs disagree about what is fetched.
 *
 * @param value the URL as the client wrote it; two spellings are two clients
 * @param host lower-case host with the port where it is not the scheme's own
 * @param loopback whether it is on this computer
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document#section-3">
 *     draft-ietf-oauth-client-id-metadata-document, section 3</a>
 */
public record DocumentUrl(String value, String host, boolean loopback) {

    private static final Pattern WEB_ADDRESS =
            Pattern.compile("https?://.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** A full domain name; the last label of one is never a number, so an IP address in whatever form is none. */
    private static final Pattern DOMAIN_NAME = Pattern.compile("([a-z0-9-]+\\.)+[a-z][a-z0-9-]*[a-z0-9](:\\d+)?");

    /** Tells whether {@code clientId} looks like such a URL at all; any other identifier is none of our business. */
    public static boolean isMeant(String clientId) {
        return WEB_ADDRESS.matcher(clientId).matches();
    }

    /** Reads a client identifier, or says what is wrong with it. */
    public static Verdict<DocumentUrl> parse(String clientId) {
        if (!(RedirectUri.parse(clientId) instanceof Verdict.Allowed<RedirectUri> allowed)) {
            return malformed("is not a plain web address");
        }
        URI uri = URI.create(clientId);
        String host = allowed.value().host().replaceFirst(":443$", "");
        boolean loopback = Loopback.isLoopback(host.replaceFirst(":\\d+$", ""));
        if (!uri.getScheme().equals("https") && !(loopback && uri.getScheme().equals("http"))) {
            return malformed("must begin with https");
        }
        if (uri.getRawPath().isEmpty()) {
            return malformed("must have a path");
        }
        return loopback || DOMAIN_NAME.matcher(host).matches()
                ? Verdict.allowed(new DocumentUrl(clientId, host, loopback))
                : malformed("must have a full domain name");
    }

    /**
     * This URL as that of keys which a document names: on the same host, or on any other where an ordinary web server
     * listens.
     */
    public Verdict<DocumentUrl> servesKeysOf(DocumentUrl document) {
        return host.equals(document.host) || (!loopback && !document.loopback && !host.contains(":"))
                ? Verdict.allowed(this)
                : Verdict.refused(InvalidDocument.metadata(
                        RefusalCode.DOCUMENT_KEYS_REFUSED,
                        "jwks_uri must be on the document's own host, or on another host at port 443",
                        "keys on another port or on loopback"));
    }

    public URI uri() {
        return URI.create(value);
    }

    private static Verdict<DocumentUrl> malformed(String what) {
        return Verdict.refused(InvalidDocument.client(
                RefusalCode.DOCUMENT_ADDRESS_REFUSED,
                "the client_id of this application " + what,
                "client_id is not the URL of a metadata document"));
    }
}
