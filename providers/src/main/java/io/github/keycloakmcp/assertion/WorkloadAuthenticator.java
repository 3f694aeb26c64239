package io.github.keycloakmcp.assertion;

import java.util.Optional;

import io.github.keycloakmcp.platform.McpProviderFactory;
import org.keycloak.Config;
import org.keycloak.authentication.ClientAuthenticationFlowContext;
import org.keycloak.authentication.ClientAuthenticator;
import org.keycloak.authentication.authenticators.client.FederatedJWTClientAuthenticator;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Keycloak's own authentication of clients by the token of a platform, which also knows a workload that came without a client
 * id: its token was judged when the request came in. Other clients are authenticated as by Keycloak alone.
 *
 * <p>Where another extension takes this place, a workload needs {@code client_assertion}.
 */
public final class WorkloadAuthenticator extends FederatedJWTClientAuthenticator
        implements McpProviderFactory<ClientAuthenticator> {

    @Override
    public void authenticateClient(ClientAuthenticationFlowContext context) {
        Optional<WorkloadIdentity> workload = WorkloadIdentity.of(context.getSession());
        if (workload.isPresent()) {
            context.setClient(workload.get().client());
            context.success();
        } else {
            super.authenticateClient(context);
        }
    }

    @Override
    public void init(Config.Scope config) {
        super.init(config);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        super.postInit(factory);
    }

    @Override
    public void close() {
        super.close();
    }

    /** Of two providers with one id the higher order wins. */
    @Override
    public int order() {
        return super.order() + 1;
    }
}
