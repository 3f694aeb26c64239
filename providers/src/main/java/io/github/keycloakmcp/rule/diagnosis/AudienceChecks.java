package io.github.keycloakmcp.rule.diagnosis;

import java.util.ArrayList;
import java.util.List;

/** What lets an MCP server refuse the tokens of the realm, or accept those that are not meant for it. */
final class AudienceChecks {

    private static final String THIS_COMPUTER = "http://([^/:]+\\.)?(localhost|127\\.[0-9.]+|\\[::1])([:/].*)?";

    private AudienceChecks() {}

    static List<Finding> of(AudienceFacts facts) {
        List<Finding> findings = new ArrayList<>();
        if (facts.servers().isEmpty() && !facts.clients()) {
            findings.add(Finding.error(
                    "no-servers",
                    "no MCP server is declared; every resource is rejected with invalid_target, and tokens name no server",
                    "POST …/mcp/servers with {\"uri\": \"https://…\"}, exactly as the server checks it in aud"));
        } else if (facts.defaultServer().isEmpty()) {
            findings.add(Finding.info(
                    "no-default-server",
                    "clients that send no resource are rejected with invalid_target",
                    "if you must serve such clients, set defaultServer to one of the servers"));
        }
        List<String> plain = facts.servers().stream()
                .filter(uri -> uri.startsWith("http://") && !uri.matches(THIS_COMPUTER))
                .toList();
        if (!plain.isEmpty()) {
            findings.add(Finding.warning(
                    "server-plain-http",
                    "tokens for these MCP servers are sent unencrypted and can be read in transit: "
                            + String.join(", ", plain),
                    "use https; keep http in plainHttpHosts only for a network that you trust"));
        }
        if (!facts.guarded()) {
            findings.add(Finding.error(
                    "not-enforced",
                    "no enabled client policy runs mcp-resource and pkce-enforcer: PKCE is optional, and an unknown "
                            + "resource is refused only after the user has logged in",
                    Advice.ENABLE));
        }
        if (!facts.hiddenScopes().isEmpty()) {
            findings.add(Finding.warning(
                    "scope-hidden",
                    "MCP scopes that the metadata does not advertise or tokens do not name: "
                            + String.join(", ", facts.hiddenScopes())
                            + "; clients do not ask for them, or MCP servers answer insufficient_scope",
                    "switch on Include in token scope and Include in OpenID provider metadata of the client scope"));
        }
        if (!facts.hardCoded().isEmpty()) {
            findings.add(hardCoded(facts.hardCoded()));
        }
        if (!facts.restricted().isEmpty()) {
            findings.add(Finding.warning(
                    "role-on-mcp-scope",
                    "roles are assigned to " + String.join(", ", facts.restricted())
                            + ": Keycloak grants the scope only to users with one of them, other users have no access to its "
                            + "MCP servers",
                    "if that is not intended, remove the roles under Client scopes → (scope) → Scope; to put roles into "
                            + "tokens, assign them to another client scope and add it to forced-scopes"));
        } else if (!facts.servers().isEmpty() && !facts.roles()) {
            findings.add(Finding.info(
                    "no-roles",
                    "tokens of self-registered clients contain no roles, whatever roles the user has",
                    "if an MCP server checks roles: create a client scope, assign the roles under Scope, and add it to "
                            + "forced-scopes of the registration policies; do not assign them to mcp:tools, because users "
                            + "without them would lose access"));
        }
        return findings;
    }

    /** For mappers of the realm or of a client that stamp a fixed URL. */
    static Finding hardCoded(List<String> mappers) {
        return Finding.warning(
                "hard-coded-audience",
                "mappers stamp a fixed URL into aud: " + String.join(", ", mappers)
                        + "; tokens without an MCP scope are accepted by that server whatever they were asked for",
                "remove these mappers, and declare the URL as an MCP server");
    }
}
