package io.github.keycloakmcp.rule.registration;

import java.util.Optional;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * Decides whether a client may have the name of a known one. A name proves nothing, and the real programs register with
 * loopback redirect URIs only, as any other program on the user's computer could: such a client is accepted and stays
 * unverified. But no other web site receives codes under the name of a known client, whether that one has web addresses of
 * its own or runs on the user's computer only. A product that administrators run themselves has no vendor's web site: it is at
 * home where the settings say so.
 */
final class KnownNameRule {

    private final RedirectUriRule redirects;

    /** With the settings that say at which hosts the products are that administrators run themselves. */
    KnownNameRule(RedirectUriRule redirects) {
        this.redirects = redirects;
    }

    Verdict<ClientMetadata> judge(ClientMetadata client) {
        Optional<KnownClient> named = KnownClients.byName(client.name());
        if (named.isEmpty() || named.get().publishes(client.document())) {
            return Verdict.allowed(client);
        }
        for (String uri : client.redirectUris()) {
            if (RedirectUri.parseAlsoPlainHttp(uri) instanceof Verdict.Allowed<RedirectUri> parsed
                    && isElsewhere(parsed.value(), named.get())) {
                return Verdict.refused(InvalidMetadata.metadata(
                        RefusalCode.CLIENT_NAME_TAKEN,
                        "client_name: " + named.get().name() + " is a known client without redirect URIs at "
                                + Refusal.excerpt(parsed.value().host()) + "; choose another name",
                        "name of a known client with other redirect URIs"));
            }
        }
        return Verdict.allowed(client);
    }

    private boolean isElsewhere(RedirectUri uri, KnownClient named) {
        return switch (uri.kind()) {
            case HTTPS -> !named.hosts().contains(uri.host()) && !redirects.isHomeOf(named, uri);
            case PLAIN_HTTP -> !redirects.isHomeOf(named, uri);
            case LOOPBACK, PRIVATE_USE -> false;
        };
    }
}
