package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

import static io.github.keycloakmcp.rule.diagnosis.RefusalExplanation.error;
import static io.github.keycloakmcp.rule.diagnosis.RefusalExplanation.info;
import static io.github.keycloakmcp.rule.diagnosis.RefusalExplanation.warning;

/** Why a client was not let in, or not changed. */
final class RegistrationExplanations {

    private static final String KEYCLOAKS = "registration-policy-refuses";
    private static final String ASIDE = "PUT …/mcp sets it aside";

    static final List<RefusalExplanation> ALL = List.of(
            error(
                    event -> event.type().equals("LOGIN_ERROR")
                            && event.is("invalid_redirect_uri")
                            && event.reason().isEmpty(),
                    "redirect-not-registered",
                    "a client wants codes at an address that it has not registered; a loopback address with a port is no "
                            + "other port's",
                    "…/mcp/diagnosis?client=… says if it is bound to a port; else remove the login in the client, so that "
                            + "it registers again"),
            error(
                    event -> event.is("invalid_redirect_uri"),
                    "redirect-refused",
                    "a client wants codes at an address that is not trusted",
                    "if the client is yours or its vendor's, add the host to trustedHosts or the scheme to "
                            + "privateUseSchemes; programs on the user's computer need allowLoopback"),
            error(
                    event -> event.says("Trusted Hosts", "Host not trusted", "trusted host"),
                    KEYCLOAKS,
                    "Keycloak's Trusted Hosts policy refused a registration",
                    ASIDE),
            error(
                    event -> event.says("clientScope", "Allowed Client Scopes"),
                    KEYCLOAKS,
                    "Keycloak's Allowed Client Scopes policy refused a registration",
                    ASIDE),
            error(
                    event -> event.says("Max Clients"),
                    KEYCLOAKS,
                    "Keycloak's Max Clients policy refused a registration; it counts all clients of the realm",
                    ASIDE),
            error(
                    event -> event.says("takes no more clients"),
                    "realm-is-full",
                    "the realm is full",
                    "remove unused clients, or raise maxClients"),
            warning(
                    event -> event.says("too many registrations"),
                    "too-many-registrations",
                    "one address, or all together, registered more often than is allowed",
                    "nothing, if it was a flood; else raise registrationsPerSender or registrationsPerRealm, and behind a "
                            + "proxy set proxy-headers, or everybody is one address"),
            error(
                    event -> event.says("cannot register from this address"),
                    "sender-not-allowed",
                    "a client registered from an address outside of allowed-senders",
                    "if it is one of yours, add its network to allowed-senders of the registration policy"),
            error(
                    event -> event.is("temporarily_unavailable"),
                    "forced-scope-missing",
                    "a scope that every client must get does not exist",
                    "create it, or change forced-scopes of the registration policy"),
            info(
                    event -> event.says("has been disabled here"),
                    "client-disabled",
                    "what an administrator has disabled registered again",
                    "enable the client if it may come back"),
            info(
                    event -> event.says("nobody manages it"),
                    "client-shared",
                    "a client wanted to change a registration that others share",
                    "let it register what it wants to be; or switch off idempotent, so that each has its own"),
            error(
                    event -> event.says("openid-connect registration endpoint"),
                    "wrong-endpoint",
                    "a client used a registration endpoint of Keycloak that has no rules for MCP clients",
                    "let it use registration_endpoint as the metadata of the realm says"));

    private RegistrationExplanations() {}
}
