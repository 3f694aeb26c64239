package io.github.keycloakmcp.rule.diagnosis;

import java.util.ArrayList;
import java.util.List;

/**
 * What a realm that was made for something else keeps MCP clients or servers from, though every part of this extension is
 * in place.
 */
public final class ShapeChecks {

    private ShapeChecks() {}

    public static List<Finding> of(ShapeFacts facts) {
        List<Finding> findings = new ArrayList<>();
        if (!facts.subject()) {
            findings.add(Finding.warning(
                    "token-without-subject",
                    "access tokens of self-registered clients have no sub: no default client scope of the realm has the "
                            + "mapper Subject (sub); MCP servers that need a user reject them",
                    "Client scopes → basic (create it if it is missing) → Mappers → add Subject (sub); assign the scope as "
                            + "default; a realm file that lists client scopes has to list the built-in ones as well"));
        }
        if (!facts.replacedAudiences().isEmpty()) {
            findings.add(Finding.warning(
                    "audience-replaced",
                    "tokens for an MCP server no longer carry these audiences, which mappers of client scopes add: "
                            + String.join(", ", facts.replacedAudiences()),
                    "if a gateway or server checks such a name: Client scopes → mcp:tools → Mappers → MCP servers → "
                            + "Additional audiences, the name and the URI of its server; or let it check the URI"));
        }
        for (String policy : facts.refusingPolicies()) {
            findings.add(Finding.warning(
                    "client-policy-may-refuse",
                    "the client policy " + policy + " refuses requests of common MCP clients",
                    "Realm settings → Client policies: restrict the condition of this policy to other clients, or use a copy of "
                            + "its profile without this executor"));
        }
        if (!facts.plainRedirects().isEmpty()) {
            findings.add(Finding.warning(
                    "redirect-plain-http",
                    "authorization codes for clients at these hosts are sent unencrypted and can be read in transit: "
                            + String.join(", ", facts.plainRedirects()),
                    "use https; keep http:// entries in trustedHosts only for a network that you trust"));
        }
        if (!facts.unsearchable().isEmpty()) {
            findings.add(Finding.warning(
                    "resource-url-not-searched",
                    "these clients have a resource_url that has no effect, because the server does not search for it: "
                            + String.join(", ", facts.unsearchable())
                            + "; introspection with such a client returns active: false",
                    "add the client id and the server's URI to Additional audiences of the mapper MCP servers; or start the "
                            + "server with spi-client--jpa--searchable-attributes=resource_url (docs/operations.md)"));
        }
        return List.copyOf(findings);
    }
}
