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
                "the realm has no client " + client + "; a request with this id fails with Client not found",
                "let the client register again, or name a known client to simulate: " + String.join(", ", known));
    }

    private static void scopes(ClientFacts client, List<Finding> findings) {
        if (!client.declaring().isEmpty()) {
            findings.add(Finding.warning(
                    "client-declares-servers",
                    "mappers of the client itself declare MCP servers: " + String.join(", ", client.declaring())
                            + "; …/mcp/servers does not list them, DELETE …/mcp does not remove them, and without an MCP "
                            + "scope the rules for MCP clients do not apply",
                    "declare the servers with POST …/mcp/servers, assign mcp:tools to the client, and remove the mapper "
                            + "(Clients → the client → Client scopes → dedicated scope)"));
        }
        if (!client.byDefault() && !client.onRequest() && client.declaring().isEmpty()) {
            findings.add(Finding.error(
                    "client-without-mcp-scope",
                    "the client has no MCP scope; a request for one fails with invalid_scope, and its tokens name no MCP server",
                    "Clients → the client → Client scopes → Add client scope → mcp:tools, as default; a client that "
                            + "registered before set-up can register again instead"));
        } else if (!client.byDefault() && client.declaring().isEmpty()) {
            findings.add(Finding.info(
                    "client-scope-on-request",
                    "the client gets an MCP scope only if it requests the scope",
                    "add the scope as default if the client sends no scope parameter"));
        }
        if (client.registered() && !client.lackedScopes().isEmpty()) {
            findings.add(Finding.warning(
                    "client-without-default-scopes",
                    "the client does not have these default scopes of the realm, so tokens lack their claims and roles: "
                            + String.join(", ", client.lackedScopes())
                            + "; Keycloak assigns only the requested scopes to a client that registers with scope",
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
                    "the redirect URI has a fixed port: " + String.join(", ", bound)
                            + "; if the port is in use, the login fails with Invalid parameter: redirect_uri",
                    "add the redirect URI without the port, which allows any port (RFC 8252 section 7.3)"));
        }
        List<String> refused = client.redirects().stream()
                .filter(uri -> RedirectUri.parse(uri) instanceof Verdict.Refused<RedirectUri>)
                .toList();
        if (!refused.isEmpty()) {
            findings.add(Finding.warning(
                    "client-redirect-not-exact",
                    "the rules for MCP clients do not accept these redirect URIs: " + String.join(", ", refused)
                            + "; they work until they are changed, and every address that a wildcard covers receives codes",
                    "Clients → the client → Valid redirect URIs: enter the exact URIs; http://127.0.0.1/callback without a "
                            + "port stands for every port"));
        }
        if (client.origins().isEmpty()) {
            findings.add(Finding.info(
                    "client-without-origin",
                    "a browser application cannot call the token endpoint with this client",
                    "if it runs in a browser: Clients → the client → Web origins"));
        }
        if (!client.consent()) {
            findings.add(Finding.warning(
                    "client-without-consent",
                    "users are not asked for consent; any link to the login page sends a code to the client's redirect URIs",
                    "Clients → the client → Consent required, unless you control every redirect URI"));
        }
    }

    private static boolean isBoundToPort(String uri, List<String> all) {
        return RedirectUri.parse(uri) instanceof Verdict.Allowed<RedirectUri> allowed
                && !all.contains(allowed.value().withoutPort());
    }
}
