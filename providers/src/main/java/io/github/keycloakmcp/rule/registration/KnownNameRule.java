package io.github.keycloakmcp.rule.registration;

import java.util.Optional;
import java.util.Set;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * Decides whether a client may have the name of a known one. A name proves nothing, and the real programs register with
 * loopback redirect URIs only, as any other program on the user's computer could: such a client is accepted and stays
 * unverified. But no other web site receives codes under the name of a known client, whether that one has web addresses of
 * its own or runs on the user's computer only.
 */
final class KnownNameRule {

    private KnownNameRule() {}

    static Verdict<ClientMetadata> judge(ClientMetadata client) {
        Optional<KnownClient> named = KnownClients.byName(client.name());
        if (named.isEmpty() || named.get().publishes(client.document())) {
            return Verdict.allowed(client);
        }
        Set<String> hosts = named.get().hosts();
        for (String uri : client.redirectUris()) {
            if (RedirectUri.parseAlsoPlainHttp(uri) instanceof Verdict.Allowed<RedirectUri> parsed
                    && isElsewhere(parsed.value(), hosts)) {
                return Verdict.refused(InvalidMetadata.metadata(
                        RefusalCode.CLIENT_NAME_TAKEN,
                        "client_name: " + named.get().name() + " is a known client without redirect URIs at "
                                + Refusal.excerpt(parsed.value().host()) + "; choose another name",
                        "name of a known client with other redirect URIs"));
            }
        }
        return Verdict.allowed(client);
    }

    private static boolean isElsewhere(RedirectUri uri, Set<String> hosts) {
        return switch (uri.kind()) {
            case HTTPS -> !hosts.contains(uri.host());
            case PLAIN_HTTP -> true;
            case LOOPBACK, PRIVATE_USE -> false;
        };
    }
}
