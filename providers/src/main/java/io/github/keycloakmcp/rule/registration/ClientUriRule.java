package io.github.keycloakmcp.rule.registration;

import java.util.Map;
import java.util.function.Function;

import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * Decides about the URIs in client metadata that are not redirect URIs. Links shown to people must be ordinary web
 * addresses, or they run code in a browser. URIs that the server itself calls must be on a trusted host, or anyone can
 * make the server send requests into its own network.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591#section-5">RFC 7591, section 5</a>
 */
final class ClientUriRule {

    private static final String HINT = "client URI is not a plain https address, or not trusted";

    private final RedirectUriRule redirects;

    ClientUriRule(RedirectUriRule redirects) {
        this.redirects = redirects;
    }

    Verdict<ClientMetadata> judge(ClientMetadata metadata) {
        return all(metadata.links(), ClientUriRule::shown)
                .then(links -> all(metadata.fetched(), this::called))
                .then(fetched -> Verdict.allowed(metadata));
    }

    private static Verdict<RedirectUri> shown(RedirectUri uri) {
        return uri.kind() == RedirectUri.Kind.PRIVATE_USE ? refused("must be an https address") : Verdict.allowed(uri);
    }

    private Verdict<RedirectUri> called(RedirectUri uri) {
        return uri.kind() == RedirectUri.Kind.HTTPS && redirects.mayCall(uri.host())
                ? Verdict.allowed(uri)
                : refused("must be an https address on a host that this realm trusts");
    }

    /** Every member, or the first one that is refused, by its name and what is wrong with it. */
    private static Verdict<Map<String, String>> all(
            Map<String, String> members, Function<RedirectUri, Verdict<RedirectUri>> rule) {
        for (Map.Entry<String, String> member : members.entrySet()) {
            if (RedirectUri.parse(member.getValue()).then(rule) instanceof Verdict.Refused<RedirectUri> refused) {
                return Verdict.refused(InvalidMetadata.metadata(
                        RefusalCode.CLIENT_URI_REFUSED,
                        member.getKey() + ": " + refused.refusal().description(),
                        HINT));
            }
        }
        return Verdict.allowed(members);
    }

    private static Verdict<RedirectUri> refused(String description) {
        return Verdict.refused(InvalidMetadata.metadata(RefusalCode.CLIENT_URI_REFUSED, description, HINT));
    }
}
