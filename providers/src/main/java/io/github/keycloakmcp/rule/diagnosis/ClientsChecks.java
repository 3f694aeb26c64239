package io.github.keycloakmcp.rule.diagnosis;

import java.util.ArrayList;
import java.util.List;

/** What keeps clients from coming into the realm, or from ever leaving it. */
final class ClientsChecks {

    private ClientsChecks() {}

    static List<Finding> of(ClientsFacts facts) {
        List<Finding> findings = new ArrayList<>();
        registration(facts, findings);
        limits(facts, findings);
        documents(facts, findings);
        return findings;
    }

    private static void registration(ClientsFacts facts, List<Finding> findings) {
        if (!facts.managed() && facts.guarded()) {
            findings.add(Finding.warning(
                    "registration-not-managed",
                    "the realm has no policy mcp-client-registration for anonymous registration; only mcp-client-guard, "
                            + "with default settings, checks who registers, and unused clients are not removed",
                    Advice.ENABLE));
        } else if (!facts.managed()) {
            findings.add(Finding.error(
                    "registration-not-managed",
                    "the realm has no policy mcp-client-registration for anonymous registration; Keycloak rejects unknown "
                            + "metadata members with 400 Unrecognized field, and assigns no MCP scope",
                    Advice.ENABLE));
        }
        if (!facts.refusing().isEmpty()) {
            findings.add(Finding.error(
                    "registration-policy-refuses",
                    "these registration policies reject MCP clients: " + String.join(", ", facts.refusing())
                            + "; clients receive 403 Host not trusted, or Not permitted to use specified clientScope, and VS "
                            + "Code logs mcp oauth: disabled",
                    Advice.ENABLE + "; it sets them aside, and DELETE restores them"));
        }
        if (!facts.disabling().isEmpty()) {
            findings.add(Finding.error(
                    "registration-policy-disables",
                    "these registration policies disable each client that registers: "
                            + String.join(", ", facts.disabling())
                            + "; its first login fails, until an administrator enables it",
                    "remove them in Clients → Client registration → Anonymous access policies, or enable each client "
                            + "yourself"));
        }
        if (!facts.missingScopes().isEmpty()) {
            findings.add(Finding.error(
                    "forced-scope-missing",
                    "these forced client scopes do not exist: " + String.join(", ", facts.missingScopes())
                            + "; every registration fails with 503",
                    "create them, or change forced-scopes in Clients → Client registration → MCP Clients"));
        }
        if (facts.managed() && facts.origins().isEmpty()) {
            findings.add(Finding.info(
                    "no-browser-clients",
                    "no browser origin may call the registration endpoint; MCP Inspector in a browser receives 403",
                    "add the origin to allowedOrigins"));
        }
    }

    private static void limits(ClientsFacts facts, List<Finding> findings) {
        boolean full = facts.most() > 0 && facts.count() >= facts.most();
        if (full && facts.room()) {
            findings.add(Finding.warning(
                    "realm-is-full",
                    "the realm has reached its limit of " + facts.most()
                            + " self-registered clients; every new one removes the oldest that was never used",
                    "remove unused clients (…/mcp/clients), or raise maxClients"));
        } else if (full) {
            findings.add(Finding.error(
                    "realm-is-full",
                    "the realm has " + facts.count() + " self-registered clients; registration is closed at "
                            + facts.most(),
                    "remove unused clients (…/mcp/clients), or raise maxClients"));
        }
        if (!facts.cleanedUp()) {
            findings.add(Finding.warning(
                    "no-clean-up",
                    "unused clients are never removed; many programs register again for every connection",
                    facts.managed()
                            ? "Clients → Client registration → MCP Clients: clean-up remove, with a number of days"
                            : Advice.ENABLE));
        }
    }

    private static void documents(ClientsFacts facts, List<Finding> findings) {
        if (facts.upstreamDocuments()) {
            findings.add(
                    Finding.warning(
                            "upstream-cimd-decides",
                            "a client policy gives metadata documents to Keycloak's experimental executor "
                                    + "client-id-metadata-document; for its client ids mcp-client-id-metadata-document does not apply: "
                                    + "ChatGPT's document fails, private addresses are not protected, and clients are not removed",
                            "remove client-id-metadata-document from the client profiles, or limit its policy to the hosts that need it"));
        } else if (!facts.documents()) {
            findings.add(Finding.warning(
                    "no-metadata-documents",
                    "metadata documents are disabled; a client with a URL as client_id fails with Client not found",
                    "add the executor mcp-client-id-metadata-document to the client profile mcp: " + Advice.ENABLE));
        }
    }
}
