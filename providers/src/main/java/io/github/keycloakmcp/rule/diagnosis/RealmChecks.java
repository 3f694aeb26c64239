package io.github.keycloakmcp.rule.diagnosis;

import java.util.ArrayList;
import java.util.List;

/** What in the realm keeps MCP clients out, or lets in more than it should. */
public final class RealmChecks {

    private static final int LONGEST_TOKEN = 3_600;
    private static final String ENABLE =
            "PUT /admin/realms/{realm}/mcp; with ?dryRun=true it says what it would change";

    private RealmChecks() {}

    public static List<Finding> of(RealmFacts facts) {
        List<Finding> findings = new ArrayList<>();
        registration(facts, findings);
        audience(facts, findings);
        tokens(facts, findings);
        return List.copyOf(findings);
    }

    private static void registration(RealmFacts facts, List<Finding> findings) {
        if (!facts.managed()) {
            findings.add(Finding.error(
                    "registration-not-managed",
                    "no policy mcp-client-registration judges anonymous registrations; Keycloak refuses unknown metadata "
                            + "members with 400 Unrecognized field, and assigns no MCP scope",
                    ENABLE));
        }
        if (!facts.refusing().isEmpty()) {
            findings.add(Finding.error(
                    "registration-policy-refuses",
                    "these registration policies refuse MCP clients: " + String.join(", ", facts.refusing())
                            + "; clients see 403 Host not trusted, or Not permitted to use specified clientScope, and VS "
                            + "Code logs mcp oauth: disabled",
                    ENABLE + "; it sets them aside, and DELETE puts them back"));
        }
        if (!facts.missing().isEmpty()) {
            findings.add(Finding.warning(
                    "set-up-incomplete", "missing or changed: " + String.join(", ", facts.missing()), ENABLE));
        }
        if (!facts.missingScopes().isEmpty()) {
            findings.add(Finding.error(
                    "forced-scope-missing",
                    "client scopes that every client must get do not exist: " + String.join(", ", facts.missingScopes())
                            + "; every registration is answered 503",
                    "create them, or change forced-scopes in Clients → Client registration → MCP Clients"));
        }
        if (facts.maxClients() > 0 && facts.clients() >= facts.maxClients()) {
            findings.add(Finding.error(
                    "realm-is-full",
                    "the realm has " + facts.clients() + " clients that came by themselves, registration stops at "
                            + facts.maxClients(),
                    "remove unused clients (…/mcp/clients), or raise maxClients"));
        }
        if (facts.managed() && facts.origins().isEmpty()) {
            findings.add(Finding.info(
                    "no-browser-clients",
                    "no browser origin may call the registration endpoint; MCP Inspector in a browser is answered 403",
                    "add the origin to allowedOrigins"));
        }
    }

    private static void audience(RealmFacts facts, List<Finding> findings) {
        if (facts.servers().isEmpty()) {
            findings.add(Finding.error(
                    "no-servers",
                    "no MCP server is declared; every resource is answered invalid_target, and tokens name no server",
                    "POST …/mcp/servers with {\"uri\": \"https://…\"}, exactly as the server checks it in aud"));
        } else if (facts.defaultServer().isEmpty()) {
            findings.add(Finding.info(
                    "no-default-server",
                    "clients that send no resource are answered invalid_target",
                    "if you must serve such clients, set defaultServer to one of the servers"));
        }
        if (!facts.guarded()) {
            findings.add(Finding.error(
                    "not-enforced",
                    "no enabled client policy runs mcp-resource and pkce-enforcer: PKCE is optional, and an unknown "
                            + "resource is refused only after the user has logged in",
                    ENABLE));
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
            findings.add(Finding.warning(
                    "hard-coded-audience",
                    "mappers stamp a fixed URL into aud: " + String.join(", ", facts.hardCoded())
                            + "; tokens without an MCP scope are accepted by that server whatever they were asked for",
                    "remove these mappers, and declare the URL as an MCP server"));
        }
    }

    private static void tokens(RealmFacts facts, List<Finding> findings) {
        if (facts.accessTokenSeconds() > LONGEST_TOKEN) {
            findings.add(Finding.warning(
                    "long-access-tokens",
                    "access tokens live " + facts.accessTokenSeconds() + " seconds; a stolen one works as long",
                    "Realm settings → Tokens → Access token lifespan: 5 minutes; clients refresh by themselves"));
        }
        if (!facts.rotates()) {
            findings.add(Finding.warning(
                    "no-rotation",
                    "refresh tokens of public clients do not rotate, which OAuth 2.1 section 4.3.1 demands",
                    "Realm settings → Tokens → Revoke refresh token on, with a reuse of 1; it concerns every client of "
                            + "the realm, so set-up does not do it"));
        } else if (facts.reuse() == 0) {
            findings.add(Finding.info(
                    "strict-rotation",
                    "a refresh token can be used once only; clients that send it twice at once lose their session",
                    "Realm settings → Tokens → Refresh token max reuse: 1; the mapper's grace bounds it to seconds"));
        }
        if (!facts.keepsEvents()) {
            findings.add(Finding.info(
                    "no-events",
                    "refusals are not kept, so the last ones cannot be explained here",
                    "Realm settings → Events → User events settings → Save events"));
        }
    }
}
