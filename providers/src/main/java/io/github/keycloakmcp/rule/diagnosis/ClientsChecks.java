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
        if (!facts.managed()) {
            findings.add(Finding.error(
                    "registration-not-managed",
                    "no policy mcp-client-registration judges anonymous registrations; Keycloak refuses unknown metadata "
                            + "members with 400 Unrecognized field, and assigns no MCP scope",
                    Advice.ENABLE));
        }
        if (!facts.refusing().isEmpty()) {
            findings.add(Finding.error(
                    "registration-policy-refuses",
                    "these registration policies refuse MCP clients: " + String.join(", ", facts.refusing())
                            + "; clients see 403 Host not trusted, or Not permitted to use specified clientScope, and VS "
                            + "Code logs mcp oauth: disabled",
                    Advice.ENABLE + "; it sets them aside, and DELETE puts them back"));
        }
        if (!facts.missingScopes().isEmpty()) {
            findings.add(Finding.error(
                    "forced-scope-missing",
                    "client scopes that every client must get do not exist: " + String.join(", ", facts.missingScopes())
                            + "; every registration is answered 503",
                    "create them, or change forced-scopes in Clients → Client registration → MCP Clients"));
        }
        if (facts.managed() && facts.origins().isEmpty()) {
            findings.add(Finding.info(
                    "no-browser-clients",
                    "no browser origin may call the registration endpoint; MCP Inspector in a browser is answered 403",
                    "add the origin to allowedOrigins"));
        }
    }

    private static void limits(ClientsFacts facts, List<Finding> findings) {
        if (facts.most() > 0 && facts.count() >= facts.most()) {
            findings.add(Finding.error(
                    "realm-is-full",
                    "the realm has " + facts.count() + " clients that came by themselves, registration stops at "
                            + facts.most(),
                    "remove unused clients (…/mcp/clients), or raise maxClients"));
        }
        if (!facts.cleanedUp()) {
            findings.add(Finding.warning(
                    "no-clean-up",
                    "clients that nobody uses are never removed; many programs register anew for every connection",
                    facts.managed()
                            ? "Clients → Client registration → MCP Clients: clean-up remove, with a number of days"
                            : Advice.ENABLE));
        }
    }

    private static void documents(ClientsFacts facts, List<Finding> findings) {
        if (facts.upstreamDocuments()) {
            findings.add(Finding.warning(
                    "upstream-cimd-decides",
                    "Keycloak's experimental executor client-id-metadata-document reads the metadata documents of this "
                            + "realm, so that of ours steps back: ChatGPT's document fails, private addresses are not "
                            + "protected, and nothing is cleaned up",
                    "take client-id-metadata-document out of the client profiles"));
        } else if (!facts.documents()) {
            findings.add(Finding.warning(
                    "no-metadata-documents",
                    "metadata documents are not read; a client with a URL as client_id is answered Client not found",
                    "put the executor mcp-client-id-metadata-document into the client profile mcp: " + Advice.ENABLE));
        }
    }
}
