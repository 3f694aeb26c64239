package io.github.keycloakmcp.rule.diagnosis;

import java.util.ArrayList;
import java.util.List;

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
        if (client.codeFlow() && client.redirects() == 0) {
            findings.add(Finding.error(
                    "client-without-redirect",
                    "the client has no redirect URI",
                    "Clients → the client → Valid redirect URIs"));
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

    /** For a known client that would be let in. */
    public static Finding wouldRegister(String name) {
        return Finding.info("client-would-register", name + " may register", "nothing to do");
    }

    /** For a known client that would be refused. */
    public static Finding wouldBeRefused(String name, String id, String why) {
        return Finding.error(
                "client-would-be-refused",
                name + " could not register: " + why,
                "add " + id + " to knownClients, or what the reason names to trustedHosts or privateUseSchemes");
    }
}
