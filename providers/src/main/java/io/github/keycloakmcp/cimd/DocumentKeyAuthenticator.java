package io.github.keycloakmcp.cimd;

import java.security.PublicKey;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.EventDetails;
import io.github.keycloakmcp.platform.McpProviderFactory;
import org.keycloak.authentication.ClientAuthenticationFlowContext;
import org.keycloak.authentication.ClientAuthenticator;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.models.ClientModel;

/**
 * Keycloak's own authentication of clients that sign an assertion (RFC 7523), which knows a key that a client with a metadata
 * document has published since its document was read. Other clients are authenticated as by Keycloak alone.
 *
 * <p>Where another extension takes this place, new keys count once the document has expired.
 */
public final class DocumentKeyAuthenticator extends JWTClientAuthenticator
        implements McpProviderFactory<ClientAuthenticator> {

    @Override
    protected PublicKey getSignatureValidationKey(
            ClientModel client, ClientAuthenticationFlowContext context, JWSInput assertion) {
        if (client.getAttribute(ClientAttributes.DOCUMENT_KEYS) != null) {
            MetadataDocumentExecutorFactory.keys(context.getSession())
                    .flatMap(keys -> keys.find(context.getSession(), client, assertion))
                    .ifPresent(problem -> context.getEvent().detail(EventDetails.REASON, problem));
        }
        return super.getSignatureValidationKey(client, context, assertion);
    }

    /** Of two providers with one id the higher order wins. */
    @Override
    public int order() {
        return super.order() + 1;
    }
}
