package io.github.keycloakmcp.platform;

import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProviderFactory;

/** The factory of a client policy executor of this extension. Keycloak declares its service with a raw type. */
@SuppressWarnings("rawtypes")
public interface McpExecutorFactory
        extends ClientPolicyExecutorProviderFactory, McpProviderFactory<ClientPolicyExecutorProvider> {}
