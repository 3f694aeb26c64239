package io.github.keycloakmcp.rule.registration;

import java.util.List;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * Decides about an MCP client that an administrator makes. The administrator is the trust: any https host, any listed or
 * unlisted scheme and every grant but the implicit one is theirs to give. What stays refused are the mistakes with which
 * authorization codes and tokens leak to a party that the administrator never intended.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9700#section-2.1">RFC 9700, sections 2.1 and 2.1.2</a>
 */
public final class AdministeredClientRule {

    private AdministeredClientRule() {}

    /**
     * Judges a client.
     *
     * @param redirectUris where its authorization codes may go
     * @param rootUrl what relative redirect URIs are relative to; empty, or one of Keycloak's placeholders for its own
     *     address, where they stay on this server
     * @param implicit whether it may use the implicit flow
     * @param realm which hosts the realm trusts without encryption
     */
    public static Verdict<List<String>> judge(
            List<String> redirectUris, String rootUrl, boolean implicit, RedirectUriRule realm) {
        if (implicit) {
            return Verdict.refused(InvalidMetadata.metadata(
                    RefusalCode.IMPLICIT_FLOW_REFUSED,
                    "the implicit flow is not allowed for a client with an MCP scope, use the standard flow",
                    "client with an MCP scope"));
        }
        return Verdict.all(redirectUris, uri -> absolute(uri, rootUrl, realm));
    }

    private static Verdict<String> absolute(String uri, String rootUrl, RedirectUriRule realm) {
        boolean relative = uri.startsWith("/");
        if (relative && (rootUrl.isEmpty() || rootUrl.startsWith("${"))) {
            return Verdict.allowed(uri);
        }
        String absolute = relative ? rootUrl + uri : uri;
        return RedirectUri.parseAlsoPlainHttp(absolute).then(parsed -> switch (parsed.kind()) {
            case HTTPS, LOOPBACK -> Verdict.allowed(uri);
            case PLAIN_HTTP ->
                (realm.trustsPlainHttp(parsed) ? Verdict.allowed(parsed) : RedirectUri.withoutEncryption(absolute))
                        .then(trusted -> Verdict.allowed(uri));
            case PRIVATE_USE ->
                RedirectUriRule.isListable(parsed.scheme())
                        ? Verdict.allowed(uri)
                        : Verdict.refused(InvalidMetadata.redirectUri(
                                RefusalCode.REDIRECT_SCHEME_DANGEROUS,
                                "scheme " + Refusal.excerpt(parsed.scheme())
                                        + " is not allowed, it runs code or opens files",
                                "dangerous scheme"));
        });
    }
}
