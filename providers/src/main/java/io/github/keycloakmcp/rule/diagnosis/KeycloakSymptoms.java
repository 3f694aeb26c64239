package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
                    event -> event.type().equals("LOGIN_ERROR") && event.is("invalid_redirect_uri"),
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
                    event -> event.is("invalid_scope") || event.says("Invalid scope"),
                    Finding.error(
                            "scope-not-assigned",
                            "a client requested a scope that it does not have",
                            "add the MCP scope to the client, as default or optional; a client that registered before "
                                    + "set-up has to register again")),
            new Symptom(
                    event -> event.says("code_challenge", "PKCE", "code_verifier"),
                    Finding.error(
                            "pkce-missing",
                            "a client did not use PKCE with S256",
                            "use a client that does; MCP requires it")),
            new Symptom(
                    event -> event.is("invalid_grant") || event.says("Stale token"),
                    Finding.info(
                            "refresh-ended",
                            "a refresh token is used up or expired",
                            "the client sends its user through login again; if it happens all the time, look for "
                                    + "strict-rotation")));

    /**
     * One thing that Keycloak refuses.
     *
     * @param fits which events tell of it
     * @param finding what it means, and what to do
     */
    private record Symptom(Predicate<ErrorEvent> fits, Finding finding) {}

    /**
     * An error event as Keycloak records it.
     *
     * @param type the event type
     * @param error the error code
     * @param reason what the event says beyond that
     */
    private record ErrorEvent(String type, String error, String reason) {

        boolean is(String code) {
            return error.equals(code);
        }

        boolean says(String... words) {
            return Stream.of(words).anyMatch(reason::contains);
        }
    }

    private KeycloakSymptoms() {}

    /**
     * Explains an error event that has no code of this extension.
     *
     * @param type the event type
     * @param error the error code
     * @param reason what the event says beyond that
     */
    public static Finding of(String type, String error, String reason) {
        ErrorEvent event = new ErrorEvent(type, error, reason);
        return ALL.stream()
                .filter(symptom -> symptom.fits().test(event))
                .map(Symptom::finding)
                .findFirst()
                .orElse(OTHER);
    }
}
