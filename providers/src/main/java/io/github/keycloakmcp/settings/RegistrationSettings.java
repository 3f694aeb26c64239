package io.github.keycloakmcp.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.Setting;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.registration.KnownClient;
import io.github.keycloakmcp.rule.registration.KnownClients;
import io.github.keycloakmcp.rule.registration.RedirectUriRule;
import io.github.keycloakmcp.rule.registration.TrustedHost;
import org.keycloak.component.ComponentModel;

/**
 * The settings that say which clients are accepted, and as what.
 *
 * @param hosts https hosts that may receive authorization codes, and single hosts without encryption
 * @param schemes private-use schemes that may receive them
 * @param loopback whether programs on the user's computer may
 * @param forcedScopes scopes that every client gets as default
 * @param known known clients whose own redirect URIs are accepted
 * @param anyHttps whether every https redirect URI is
 * @param origins browser origins that may call the registration endpoint
 * @param idempotent whether public clients that register the same are one client
 */
public record RegistrationSettings(
        List<TrustedHost> hosts,
        Set<String> schemes,
        boolean loopback,
        Set<String> forcedScopes,
        List<KnownClient> known,
        boolean anyHttps,
        List<String> origins,
        boolean idempotent) {

    private static final String ALL = "*";

    public static final Setting<List<String>> KNOWN_CLIENTS = Setting.words(
            "known-clients",
            "Known clients",
            "Known clients that may register with the redirect URIs of their vendor, even if those hosts are not trusted. "
                    + "Possible values are "
                    + KnownClients.all().stream().map(KnownClient::id).collect(Collectors.joining(", "))
                    + ", or * for all of them, including those that a later version adds. Products that you run yourself need "
                    + "their host, for example n8n=automation.example.com: "
                    + String.join(", ", KnownClients.installedIds()) + ".",
            "If empty, no known client is accepted by its name.");

    public static final Setting<List<String>> OWN_KNOWN_CLIENTS = Setting.uris(
            "own-known-clients",
            "Own known clients",
            "Clients that are not on the list of known clients, each with one exact redirect URI, for example "
                    + "helper=https://helper.example.com/cb or helper=https://helper.example.com/cb/{id}. {id} stands for one "
                    + "segment of the path.",
            "If empty, only the listed known clients exist.");

    public static final Setting<Boolean> ANY_HTTPS = Setting.flag(
            "any-https-redirect",
            "Any https redirect URI",
            "Accepts every https redirect URI, not only those of known clients and trusted hosts. Any web site can then "
                    + "register and receive authorization codes; only the warning on the consent page protects your users.",
            false);

    public static final Setting<List<String>> TRUSTED_HOSTS = Setting.words(
            "trusted-hosts",
            "Trusted hosts",
            "Hosts that may receive authorization codes at https redirect URIs. Enter a host name, for example vscode.dev, "
                    + "or *.example.com for every host below a domain. On a network that you trust, "
                    + "http://automation:5678 allows one host without encryption; codes can then be read in transit.",
            "If empty, only known clients may use https redirect URIs.");

    public static final Setting<List<String>> SCHEMES = Setting.words(
            "private-use-schemes",
            "Private-use URI schemes",
            "URI schemes of desktop applications that may receive authorization codes, for example cursor. Any application on "
                    + "the user's computer can claim a scheme, so list only those that you need.",
            "If empty, only known clients may use such redirect URIs.");

    public static final Setting<Boolean> LOOPBACK = Setting.flag(
            "allow-loopback",
            "Loopback redirect URIs",
            "Accepts redirect URIs on the user's own computer (http://localhost, http://127.0.0.1 and http://[::1]) on any "
                    + "port. Command-line clients and desktop editors need them.",
            true);

    public static final Setting<List<String>> FORCED_SCOPES = Setting.words(
            "forced-scopes",
            "Forced client scopes",
            "Client scopes that every client gets as default client scopes, so that a client which requests no scope still "
                    + "gets a token for its MCP server. Registration is closed while one of them does not exist.",
            "If no entry is stored, mcp:tools applies; one empty entry forces no scope.",
            "mcp:tools");

    public static final Setting<List<String>> ORIGINS = Setting.words(
            "allowed-origins",
            "Allowed origins",
            "Origins of browser applications that may call the registration endpoint (CORS), for example "
                    + "http://localhost:6274 for MCP Inspector, or * for any origin.",
            "If empty, no browser application can register.");

    public static final Setting<Boolean> IDEMPOTENT = Setting.flag(
            "idempotent",
            "Share identical registrations",
            "Returns the existing client_id to a public client that registers the same metadata as another; only an "
                    + "administrator can then change or remove that client. Otherwise some clients leave a new registration "
                    + "behind at every start. Clients with a secret or an initial access token are never shared.",
            true);

    static final List<Setting<?>> SETTINGS = List.of(
            KNOWN_CLIENTS,
            OWN_KNOWN_CLIENTS,
            TRUSTED_HOSTS,
            SCHEMES,
            LOOPBACK,
            ANY_HTTPS,
            FORCED_SCOPES,
            ORIGINS,
            IDEMPOTENT);

    /**
     * Reads the settings.
     *
     * @param invalid receives each entry that is ignored because it is malformed or never allowed, with its setting
     */
    static RegistrationSettings of(ComponentModel policy, Consumer<String> invalid) {
        return new RegistrationSettings(
                TrustedHosts.parseAlsoPlainHttp(TRUSTED_HOSTS, TRUSTED_HOSTS.in(policy, invalid), invalid),
                schemes(SCHEMES.in(policy, invalid), invalid),
                LOOPBACK.in(policy, invalid),
                Set.copyOf(FORCED_SCOPES.in(policy, invalid)),
                Stream.concat(
                                known(KNOWN_CLIENTS.in(policy, invalid), invalid).stream(),
                                own(OWN_KNOWN_CLIENTS.in(policy, invalid), invalid).stream())
                        .toList(),
                ANY_HTTPS.in(policy, invalid),
                ORIGINS.in(policy, invalid),
                IDEMPOTENT.in(policy, invalid));
    }

    public RedirectUriRule redirectUriRule() {
        return new RedirectUriRule(hosts, schemes, loopback, known, anyHttps);
    }

    private static List<KnownClient> known(List<String> ids, Consumer<String> invalid) {
        List<KnownClient> known = new ArrayList<>(ids.contains(ALL) ? KnownClients.all() : List.of());
        for (String id : ids) {
            if (!id.equals(ALL)) {
                KnownClients.byId(id)
                        .or(() -> KnownClients.installed(id))
                        .filter(client -> !known.contains(client))
                        .ifPresent(known::add);
                if (KnownClients.byId(id).isEmpty()
                        && KnownClients.installed(id).isEmpty()) {
                    invalid.accept(KNOWN_CLIENTS.key() + ": not a known client: " + Refusal.excerpt(id));
                }
            }
        }
        return known;
    }

    private static List<KnownClient> own(List<String> entries, Consumer<String> invalid) {
        List<KnownClient> own = new ArrayList<>();
        for (String entry : entries) {
            KnownClients.own(entry)
                    .ifPresentOrElse(
                            own::add,
                            () -> invalid.accept(OWN_KNOWN_CLIENTS.key()
                                    + ": not name=redirect-URI of a client that is not listed: "
                                    + Refusal.excerpt(entry)));
        }
        return own;
    }

    private static Set<String> schemes(List<String> written, Consumer<String> invalid) {
        written.stream()
                .filter(scheme -> !RedirectUriRule.isListable(scheme))
                .forEach(scheme ->
                        invalid.accept(SCHEMES.key() + ": not a private-use scheme: " + Refusal.excerpt(scheme)));
        return Set.copyOf(written.stream().filter(RedirectUriRule::isListable).toList());
    }
}
