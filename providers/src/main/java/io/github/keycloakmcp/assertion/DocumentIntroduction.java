package io.github.keycloakmcp.assertion;

import java.util.Optional;

import io.github.keycloakmcp.rule.assertion.Assertion;
import io.github.keycloakmcp.rule.cimd.DocumentUrl;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.ErrorPageException;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;
import org.keycloak.services.cors.Cors;

/**
 * A client that comes to the token endpoint with an assertion, and has never sent a user through login. Its metadata document
 * has not been loaded then, and Keycloak would not know the client.
 *
 * @param clientId the address of the document; empty where there is nothing to load
 */
record DocumentIntroduction(KeycloakSession session, MultivaluedMap<String, String> form, Optional<String> clientId) {

    /** Only where the issuer that the assertion names is trusted with such clients: anybody can send a request to this endpoint. */
    static DocumentIntroduction of(KeycloakSession session, MultivaluedMap<String, String> form) {
        Optional<Assertion> assertion = PresentedAssertion.in(form);
        boolean trusted = assertion
                .flatMap(presented -> TrustedIssuer.of(session, presented.claims()))
                .map(TrustedIssuer::trustsDocuments)
                .orElse(false);
        return new DocumentIntroduction(
                session,
                form,
                assertion
                        .filter(presented -> trusted)
                        .flatMap(presented ->
                                Optional.ofNullable(presented.claims().get(OAuth2Constants.CLIENT_ID)))
                        .map(String::valueOf)
                        .filter(DocumentUrl::isMeant));
    }

    /** Loads the document. The page with which an authorization request would be refused is no answer for a client here. */
    void make() throws ClientPolicyException {
        if (clientId.isEmpty()) {
            return;
        }
        try {
            session.clientPolicy().triggerOnEvent(new PreAuthorizationRequestContext(clientId.get(), form));
        } catch (ErrorPageException e) {
            throw new CorsErrorResponseException(
                    Cors.builder(),
                    OAuthErrorException.INVALID_CLIENT,
                    "the metadata document of the client is not accepted now, try again later",
                    Response.Status.BAD_REQUEST);
        }
    }
}
