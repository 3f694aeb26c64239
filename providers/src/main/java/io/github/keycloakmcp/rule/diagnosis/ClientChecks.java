package io.github.keycloakmcp.rule.diagnosis;

import java.util.ArrayList;
import java.util.List;

import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.RedirectUri;

/** What keeps one client of the realm from getting a token for an MCP server. */
public final class ClientChecks {

    private ClientChecks() {}

    public static List<Finding> of(ClientFacts client) {
        List<Finding> findings = new ArrayList<>();
        if (!client.enabled()) {
            findings.add(Finding.error(
                    "client-disabled",
                    "the client " + client.clientId() + " is disabled",
                    "Clients → the client → Enabled"));
        }
        scopes(client, findings);
        if (client.codeFlow()) {
            login(client, findings);
        }
        return List.copyOf(findings);
    }

    /** For a client id that the realm does not have. */
    public static Finding unknown(String client, List<String> known) {
        return Finding.error(
                "client-unknown",
                "the realm has no client " + client + "; who uses this id is answered Client not found",
                "let the client register again, or name a known client to simulate: " + String.join(", ", known));
    }

    private static void scopes(ClientFacts client, List<Finding> findings) {
        if (!client.byDefault() && !client.onRequest()) {
            findings.add(Finding.error(
                    "client-without-mcp-scope",
                    "the client has no MCP scope: it is answered invalid_scope where it asks for one, and its tokens name "
                            + "no MCP server",
                    "Clients → the client → Client scopes → Add client scope → mcp:tools, as default; a client that "
                            + "registered itself before set-up can also register again"));
        } else if (!client.byDefault()) {
            findings.add(Finding.info(
                    "client-scope-on-request",
                    "the client gets an MCP scope only when it asks for it",
                    "add the scope as default if the client sends no scope parameter"));
        }
        if (client.registered() && !client.lackedScopes().isEmpty()) {
            findings.add(Finding.warning(
                    "client-without-default-scopes",
                    "the client lacks default scopes of the realm, and its tokens their claims and roles: "
                            + String.join(", ", client.lackedScopes())
                            + "; Keycloak gives a client that registers with the member scope nothing else",
                    "let the client register again after set-up, or add the scopes in Clients → the client → Client "
                            + "scopes"));
        }
        if (!client.hardCoded().isEmpty()) {
            findings.add(AudienceChecks.hardCoded(client.hardCoded()));
        }
    }

    private static void login(ClientFacts client, List<Finding> findings) {
        List<String> bound = client.redirects().stream()
                .filter(uri -> isBoundToPort(uri, client.redirects()))
                .toList();
        if (client.redirects().isEmpty()) {
            findings.add(Finding.error(
                    "client-without-redirect",
                    "the client has no redirect URI",
                    "Clients → the client → Valid redirect URIs"));
        }
        if (!bound.isEmpty()) {
            findings.add(Finding.warning(
                    "client-bound-to-port",
                    "only this port can be used: " + String.join(", ", bound)
                            + "; a program that finds it taken is answered Invalid parameter: redirect_uri",
                    "add the redirect URI without the port, which stands for any port (RFC 8252 section 7.3)"));
        }
        if (client.origins().isEmpty()) {
            findings.add(Finding.info(
                    "client-without-origin",
                    "no program in a browser can call the token endpoint with this client",
                    "if it runs in a browser: Clients → the client → Web origins"));
        }
        if (!client.consent()) {
            findings.add(Finding.warning(
                    "client-without-consent",
                    "users are not asked; whoever lures them to the login page gets a code for this client's redirect URIs",
                    "Clients → the client → Consent required, unless every redirect URI is yours"));
        }
    }

    private static boolean isBoundToPort(String uri, List<String> all) {
        return RedirectUri.parse(uri) instanceof Verdict.Allowed<RedirectUri> allowed
                && !all.contains(allowed.value().withoutPort());
    }
}
