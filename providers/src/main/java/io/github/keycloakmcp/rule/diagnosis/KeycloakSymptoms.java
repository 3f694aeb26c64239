package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.github.keycloakmcp.rule.RefusalCode;

/**
 * Explains what Keycloak itself refuses to MCP clients. Keycloak's events carry no code for it, so its texts are compared;
 * this is the only place where that is done. Each text is provoked on a running server by a test, so that a Keycloak with
 * another text is noticed.
 *
 * @see RefusalExplanations
 */
public final class KeycloakSymptoms {

    private static final String POLICY = "registration-policy-refuses";
    private static final String ASIDE = "PUT …/mcp sets it aside";

    private static final Finding OTHER = Finding.info(
            "other", "Keycloak refused a request for a reason that is not MCP's", "see Keycloak's server log");

    /** Of several that fit the first one counts. */
    private static final List<Symptom> ALL = List.of(
            new Symptom(
                    event -> event.says("client_policy_error"),
                    RefusalExplanations.of(RefusalCode.CLIENT_POLICY_REFUSES)),
            new Symptom(
                    event -> event.isOf("LOGIN_ERROR") && event.is("invalid_redirect_uri"),
                    Finding.error(
                            "redirect-not-registered",
                            "a client requested a code for an address that it has not registered; a loopback address with "
                                    + "a port stands for no other port",
                            "…/mcp/diagnosis?client=… says if it is bound to a port; else remove the login in the client, so "
                                    + "that it registers again")),
            new Symptom(
                    event -> event.says("Trusted Hosts", "Host not trusted", "trusted host"),
                    Finding.error(POLICY, "Keycloak's Trusted Hosts policy refused a registration", ASIDE)),
            new Symptom(
                    event -> event.says("clientScope", "Allowed Client Scopes"),
                    Finding.error(POLICY, "Keycloak's Allowed Client Scopes policy refused a registration", ASIDE)),
            new Symptom(
                    event -> event.says("Max Clients"),
                    Finding.error(
                            POLICY,
                            "Keycloak's Max Clients policy refused a registration; it counts all clients of the realm",
                            ASIDE)),
            new Symptom(event -> event.is("client_not_found"), RefusalExplanations.of(RefusalCode.CLIENT_UNKNOWN)),
            new Symptom(
                    event -> event.says("Invalid resource"), RefusalExplanations.of(RefusalCode.RESOURCE_MALFORMED)),
            new Symptom(
                    event -> event.says("code_challenge", "PKCE", "code_verifier"),
                    Finding.error(
                            "pkce-missing",
                            "a client did not use PKCE with S256",
                            "use a client that does; MCP requires it")),
            new Symptom(
                    event -> event.isOf("LOGIN_ERROR")
                            && event.is("invalid_request")
                            && event.reason().isEmpty(),
                    Finding.error(
                            "parameter-repeated",
                            "a client sent a parameter of the authorization request twice, such as resource",
                            "the client has to send every parameter once; a token is for one MCP server")),
            new Symptom(
                    event -> event.says("Offline tokens not allowed"),
                    Finding.error(
                            "offline-access-not-allowed",
                            "a client requested offline_access, and the user does not have the role of this name",
                            "assign the realm role offline_access to the user, or to the default roles of the realm; or "
                                    + "remove the client scope offline_access, so that clients do not request it")),
            new Symptom(
                    event -> event.says("not within the token audience"),
                    Finding.error(
                            "exchange-outside-audience",
                            "a client exchanged a token that is not for it",
                            "an MCP server exchanges tokens with a client that has the server's URI as its client id or as "
                                    + "resource_url (docs/operations.md)")),
            new Symptom(
                    event -> event.isOf("REFRESH_TOKEN_ERROR")
                            && (event.is("invalid_token") || event.is("invalid_grant")),
                    Finding.info(
                            "refresh-ended",
                            "a refresh token is used up, expired, or its session has ended",
                            "the client sends its user through login again; if it happens all the time, look for "
                                    + "strict-rotation")));

    /**
     * One thing that Keycloak refuses.
     *
     * @param fits which events tell of it
     * @param finding what it means, and what to do
     */
    private record Symptom(Predicate<ErrorEvent> fits, Finding finding) {}

    private KeycloakSymptoms() {}

    /**
     * Explains an error event that has no code of this extension.
     *
     * @param scopes the names of the realm's client scopes
     */
    public static Finding of(ErrorEvent event, Set<String> scopes) {
        return ALL.stream()
                .filter(symptom -> symptom.fits().test(event))
                .map(Symptom::finding)
                .findFirst()
                .or(() -> scopes(event, scopes))
                .orElse(OTHER);
    }

    private static Optional<Finding> scopes(ErrorEvent event, Set<String> existing) {
        String invalid = "Invalid scopes: ";
        return event.reason().startsWith(invalid)
                ? Optional.of(ScopeExplanations.of(event.reason().substring(invalid.length()), existing))
                : Optional.empty();
    }
}
