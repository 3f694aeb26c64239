package io.github.keycloakmcp.assertion;

import java.util.Map;

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
 */
final class DocumentIntroduction {

    private DocumentIntroduction() {}

    /**
     * Loads the document, where the issuer that the assertion names is trusted with such clients: anybody can send a request to
     * this endpoint. The page with which an authorization request would be refused is no answer for a client here.
     */
    static void make(KeycloakSession session, MultivaluedMap<String, String> form) throws ClientPolicyException {
        Map<String, Object> claims =
                PresentedAssertion.in(form).map(Assertion::claims).orElse(Map.of());
        String client = String.valueOf(claims.get(OAuth2Constants.CLIENT_ID));
        boolean trusted = DocumentUrl.isMeant(client)
                && TrustedIssuer.of(session, claims)
                        .map(TrustedIssuer::trustsDocuments)
                        .orElse(false);
        if (!trusted) {
            return;
        }
        try {
            session.clientPolicy().triggerOnEvent(new PreAuthorizationRequestContext(client, form));
        } catch (ErrorPageException e) {
            throw new CorsErrorResponseException(
                    Cors.builder(),
                    OAuthErrorException.INVALID_CLIENT,
                    "the metadata document of the client is not accepted now, try again later",
                    Response.Status.BAD_REQUEST);
        }
    }
}
