package io.github.keycloakmcp.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

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
 * @param hosts https hosts that may receive authorization codes
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
            "Clients whose own redirect URIs are accepted, by name, without their hosts being trusted: any of "
                    + KnownClients.all().stream().map(KnownClient::id).collect(Collectors.joining(", "))
                    + "; or * for all, including those that a later version knows.");

    public static final Setting<Boolean> ANY_HTTPS = Setting.flag(
            "any-https-redirect",
            "Allow any https redirect URI",
            "Every web site may register and receive authorization codes, not only known clients and trusted hosts. What "
                    + "protects your users then is that they read the consent page, which warns of such clients.",
            false);

    public static final Setting<List<String>> TRUSTED_HOSTS = Setting.words(
            "trusted-hosts",
            "Trusted hosts",
            "Hosts that https redirect URIs may name: exactly (vscode.dev) or all below a domain (*.example.com). Every "
                    + "host listed here can receive authorization codes of your users.");

    public static final Setting<List<String>> SCHEMES = Setting.words(
            "private-use-schemes",
            "Private-use schemes",
            "URI schemes of desktop programs that may receive authorization codes, for example cursor. Any program on the "
                    + "user's computer can claim a scheme, so list only those you need.");

    public static final Setting<Boolean> LOOPBACK = Setting.flag(
            "allow-loopback",
            "Allow loopback redirect URIs",
            "Programs on the user's computer may register http://localhost, http://127.0.0.1 and http://[::1], on any "
                    + "port. Command-line clients and desktop editors need it.",
            true);

    public static final Setting<List<String>> FORCED_SCOPES = Setting.words(
            "forced-scopes",
            "Forced scopes",
            "Client scopes that every client gets as default, so that a client which asks for no scope still gets a token "
                    + "bound to its MCP server. Registration is refused while one of them does not exist.",
            "mcp:tools");

    public static final Setting<List<String>> ORIGINS = Setting.words(
            "allowed-origins",
            "Allowed origins",
            "Origins of browser programs that may call the registration endpoint (CORS), for example http://localhost:6274 "
                    + "for MCP Inspector; * for any.");

    public static final Setting<Boolean> IDEMPOTENT = Setting.flag(
            "idempotent",
            "Same metadata, same client",
            "A public client that registers exactly what another has registered gets the same client_id, and nobody can "
                    + "change or remove that client any more but you. Without it every start of some programs leaves one "
                    + "more client behind. Clients with a secret or an initial access token are never shared.",
            true);

    static final List<Setting<?>> SETTINGS =
            List.of(KNOWN_CLIENTS, TRUSTED_HOSTS, SCHEMES, LOOPBACK, ANY_HTTPS, FORCED_SCOPES, ORIGINS, IDEMPOTENT);

    /**
     * Reads the settings.
     *
     * @param invalid receives each entry that is ignored because it is malformed or never allowed, with its setting
     */
    static RegistrationSettings of(ComponentModel policy, Consumer<String> invalid) {
        return new RegistrationSettings(
                TrustedHosts.parse(TRUSTED_HOSTS, TRUSTED_HOSTS.in(policy), invalid),
                schemes(SCHEMES.in(policy), invalid),
                LOOPBACK.in(policy),
                Set.copyOf(FORCED_SCOPES.in(policy)),
                known(KNOWN_CLIENTS.in(policy), invalid),
                ANY_HTTPS.in(policy),
                ORIGINS.in(policy),
                IDEMPOTENT.in(policy));
    }

    public RedirectUriRule redirectUriRule() {
        return new RedirectUriRule(hosts, schemes, loopback, known, anyHttps);
    }

    private static List<KnownClient> known(List<String> ids, Consumer<String> invalid) {
        if (ids.contains(ALL)) {
            return KnownClients.all();
        }
        List<KnownClient> known = new ArrayList<>();
        for (String id : ids) {
            KnownClients.byId(id)
                    .ifPresentOrElse(
                            known::add,
                            () -> invalid.accept(KNOWN_CLIENTS.key() + ": not a known client: " + Refusal.excerpt(id)));
        }
        return known;
    }

    private static Set<String> schemes(List<String> written, Consumer<String> invalid) {
        written.stream()
                .filter(scheme -> !RedirectUriRule.isListable(scheme))
                .forEach(scheme ->
                        invalid.accept(SCHEMES.key() + ": not a private-use scheme: " + Refusal.excerpt(scheme)));
        return Set.copyOf(written.stream().filter(RedirectUriRule::isListable).toList());
    }
}
