package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;
import java.util.function.Predicate;

/** What a refusal in the realm's events means, and what to do: the symptom as the client's user reports it. */
public final class RefusalExplanation {

    /**
     * A kind of refusal.
     *
     * @param meant which refusals are of this kind
     * @param explanation what they mean
     */
    private record Case(Predicate<Refused> meant, Finding explanation) {}

    /** A refusal as an event tells it. */
    private record Refused(String type, String error, String reason) {

        boolean says(String... words) {
            return List.of(words).stream().anyMatch(reason::contains);
        }
    }

    private static final List<Case> CASES = List.of(
            new Case(
                    event -> event.error().equals("invalid_redirect_uri"),
                    Finding.error(
                            "redirect-refused",
                            "a client wants codes at an address that is not trusted",
                            "if the client is yours or its vendor's, add the host to trustedHosts or the scheme to "
                                    + "privateUseSchemes; programs on the user's computer need allowLoopback")),
            new Case(
                    event -> event.says("Trusted Hosts", "Host not trusted", "trusted host"),
                    Finding.error(
                            "registration-policy-refuses",
                            "Keycloak's Trusted Hosts policy refused a registration",
                            "PUT …/mcp sets it aside")),
            new Case(
                    event -> event.says("clientScope", "Allowed Client Scopes"),
                    Finding.error(
                            "registration-policy-refuses",
                            "Keycloak's Allowed Client Scopes policy refused a registration",
                            "PUT …/mcp sets it aside")),
            new Case(
                    event -> event.says("takes no more clients", "Max Clients"),
                    Finding.error("realm-is-full", "the realm is full", "remove unused clients, or raise maxClients")),
            new Case(
                    event -> event.error().equals("temporarily_unavailable"),
                    Finding.error(
                            "forced-scope-missing",
                            "a scope that every client must get does not exist",
                            "create it, or change forced-scopes of the registration policy")),
            new Case(
                    event -> event.error().equals("invalid_target"),
                    Finding.error(
                            "resource-unknown",
                            "a client asked for an MCP server that its scopes do not open, or for none",
                            "declare the server (POST …/mcp/servers) exactly as its metadata names it (RFC 9728), or set "
                                    + "defaultServer")),
            new Case(
                    event -> event.error().equals("invalid_scope") || event.says("Invalid scope"),
                    Finding.error(
                            "scope-not-assigned",
                            "a client asked for a scope that it does not have",
                            "add the MCP scope to the client, as default or optional; a client that registered before "
                                    + "set-up has to register again")),
            new Case(
                    event -> event.says("code_challenge", "PKCE", "code_verifier"),
                    Finding.error(
                            "pkce-missing",
                            "a client did not use PKCE with S256",
                            "use a client that does; MCP demands it")),
            new Case(
                    event -> event.error().equals("access_denied") && event.says("role"),
                    Finding.warning(
                            "role-missing",
                            "the user does not have the role that the MCP server requires",
                            "give the user the role, or change mcp.required-role on the server's client")),
            new Case(
                    event -> event.error().equals("invalid_grant") || event.says("Stale token", "not bound"),
                    Finding.info(
                            "refresh-ended",
                            "a refresh token is used up, expired, or from before set-up",
                            "the client sends its user through login again; if it happens all the time, look for "
                                    + "strict-rotation")),
            new Case(
                    event -> event.error().equals("client_not_found"),
                    Finding.error(
                            "client-unknown",
                            "a client uses a client_id that the realm does not know, or no more",
                            "remove the login in the client, so that it registers again")),
            new Case(
                    event -> event.error().equals("invalid_client_metadata"),
                    Finding.error(
                            "metadata-refused",
                            "a client asked to be something that MCP clients must not be",
                            "the reason names the member; docs/registration.md says what is accepted")));

    private RefusalExplanation() {}

    /**
     * Explains an error event.
     *
     * @param type the event type
     * @param error the error code
     * @param reason what the event says beyond that
     */
    public static Finding of(String type, String error, String reason) {
        Refused refused = new Refused(type, error, reason);
        return CASES.stream()
                .filter(one -> one.meant().test(refused))
                .map(Case::explanation)
                .findFirst()
                .orElseGet(() -> Finding.info(
                        "other",
                        "refused for a reason that is not MCP's own",
                        "Keycloak's server log has the details"));
    }
}
