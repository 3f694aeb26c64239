package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * Decides where a client may have authorization codes sent. Without it anyone can register a client whose codes, and
 * so whose users' tokens, go to a host of their own.
 *
 * @param hosts trusted hosts of https redirect URIs, and of http ones where the host is listed so
 * @param schemes allowed private-use schemes, lower case
 * @param loopback whether programs on the user's computer may register
 * @param known known clients whose own redirect URIs are accepted
 * @param anyHttps whether every web site may receive them; only the user then judges whose it is
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-7">RFC 8252, section 7</a>
 */
public record RedirectUriRule(
        List<TrustedHost> hosts, Set<String> schemes, boolean loopback, List<KnownClient> known, boolean anyHttps) {

    /** Schemes that run code or read files in the user's browser; no setting can allow them. */
    private static final Set<String> NEVER = Set.of(
            "about",
            "blob",
            "chrome",
            "data",
            "file",
            "filesystem",
            "ftp",
            "http",
            "https",
            "intent",
            "jar",
            "javascript",
            "mailto",
            "resource",
            "tel",
            "urn",
            "vbscript",
            "view-source",
            "ws",
            "wss");

    public RedirectUriRule {
        hosts = List.copyOf(hosts);
        schemes = Set.copyOf(schemes);
        known = List.copyOf(known);
    }

    /** Tells whether an administrator may list {@code scheme} as a private-use scheme (RFC 8252 section 7.1). */
    public static boolean isListable(String scheme) {
        return scheme.matches("[a-z][a-z0-9+.-]*") && !NEVER.contains(scheme);
    }

    /** The same rule with one more trusted host, with a port where it is not 443. */
    public RedirectUriRule alsoTrusting(String host) {
        return new RedirectUriRule(
                Stream.concat(hosts.stream(), Stream.of(new TrustedHost(host))).toList(),
                schemes,
                loopback,
                known,
                anyHttps);
    }

    /** Judges one redirect URI. */
    public Verdict<RedirectUri> judge(String value) {
        return RedirectUri.parseAlsoPlainHttp(value).then(uri -> switch (uri.kind()) {
            case HTTPS ->
                anyHttps || isKnown(value) || trusts(uri.host())
                        ? Verdict.allowed(uri)
                        : refused(
                                RefusalCode.REDIRECT_HOST_NOT_TRUSTED,
                                "host " + Refusal.excerpt(uri.host()) + " is not trusted by this realm",
                                "trusted-hosts or known-clients");
            case PLAIN_HTTP -> trustsPlainHttp(uri) ? Verdict.allowed(uri) : RedirectUri.withoutEncryption(value);
            case LOOPBACK ->
                loopback
                        ? Verdict.allowed(uri)
                        : refused(
                                RefusalCode.REDIRECT_LOOPBACK_NOT_ALLOWED,
                                "loopback redirect URIs are not allowed by this realm",
                                "allow-loopback");
            case PRIVATE_USE ->
                isKnown(value) || (schemes.contains(uri.scheme()) && isListable(uri.scheme()))
                        ? Verdict.allowed(uri)
                        : refused(
                                RefusalCode.REDIRECT_SCHEME_NOT_ALLOWED,
                                "scheme " + Refusal.excerpt(uri.scheme())
                                        + " is not allowed by this realm, use https or http://localhost",
                                "private-use-schemes or known-clients");
        });
    }

    /**
     * Tells whether the server itself may call {@code host}, with a port where it is not 443. That any web site may receive
     * codes does not make it one that the server may call.
     */
    boolean mayCall(String host) {
        return trusts(host) || known.stream().anyMatch(client -> client.hosts().contains(host));
    }

    /** Tells whether an administrator trusts the very host of {@code uri} without encryption. */
    boolean trustsPlainHttp(RedirectUri uri) {
        String address = uri.scheme() + "://" + uri.host().replaceFirst(":80$", "");
        return uri.kind() == RedirectUri.Kind.PLAIN_HTTP
                && hosts.stream().anyMatch(trusted -> trusted.pattern().equals(address));
    }

    /** Tells whether an administrator says that {@code product}, which has no host of its vendor's, receives codes there. */
    boolean isHomeOf(KnownClient product, RedirectUri uri) {
        return product.isSelfHosted()
                && (known.stream().anyMatch(one -> one.id().equals(product.id()) && one.receivesAt(uri.value()))
                        || (uri.kind() == RedirectUri.Kind.HTTPS && trusts(uri.host()))
                        || trustsPlainHttp(uri));
    }

    private boolean isKnown(String uri) {
        return known.stream().anyMatch(client -> client.receivesAt(uri));
    }

    /** Tells whether {@code host}, with a port where it is not 443, is a trusted host. */
    private boolean trusts(String host) {
        String plain = host.endsWith(":443") ? host.substring(0, host.length() - 4) : host;
        return hosts.stream().anyMatch(trusted -> trusted.trusts(plain));
    }

    private static Verdict<RedirectUri> refused(RefusalCode code, String description, String setting) {
        return Verdict.refused(InvalidMetadata.redirectUri(code, description, "not covered by the setting " + setting));
    }
}
