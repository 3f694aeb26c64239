package io.github.keycloakmcp.rule.registration;

import java.util.Map;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;

/**
 * Decides about the URIs in client metadata that are not redirect URIs. Links shown to people must be ordinary web
 * addresses, or they run code in a browser. URIs that the server itself calls must be on a trusted host, or anybody can
 * make the server send requests into its own network.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591#section-5">RFC 7591, section 5</a>
 */
final class ClientUriRule {

    private final RedirectUriRule redirects;

    ClientUriRule(RedirectUriRule redirects) {
        this.redirects = redirects;
    }

    Verdict<ClientMetadata> judge(ClientMetadata metadata) {
        for (Map.Entry<String, String> link : metadata.links().entrySet()) {
            if (!(RedirectUri.parse(link.getValue()) instanceof Verdict.Allowed<RedirectUri> uri)
                    || uri.value().kind() == RedirectUri.Kind.PRIVATE_USE) {
                return refused(link.getKey() + " must be an https address");
            }
        }
        for (Map.Entry<String, String> fetched : metadata.fetched().entrySet()) {
            if (!(RedirectUri.parse(fetched.getValue()) instanceof Verdict.Allowed<RedirectUri> uri)
                    || uri.value().kind() != RedirectUri.Kind.HTTPS
                    || !redirects.trusts(uri.value().host())) {
                return refused(fetched.getKey() + " must be an https address on a host that is trusted here");
            }
        }
        return Verdict.allowed(metadata);
    }

    private static Verdict<ClientMetadata> refused(String description) {
        Refusal refusal = InvalidMetadata.metadata(description, "client URI is no plain https address or not trusted");
        return Verdict.refused(refusal);
    }
}
