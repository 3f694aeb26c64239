package io.github.keycloakmcp.tests.server;

import java.util.Set;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test classes the servers that are started in another way than that of the test run, because what they test needs
 * it. The first class that needs one starts it, JUnit closes it after the last; each test makes realms of its own. A class
 * locks the server that it uses, because what a server counts and logs is of all its realms.
 */
public final class SharedServers implements ParameterResolver {

    /** The two nodes, as a JUnit resource. */
    public static final String CLUSTER = "two nodes";

    /** The server with other options, as a JUnit resource. */
    public static final String OTHER_OPTIONS = "server with other options";

    private static final Namespace NAMESPACE = Namespace.create(SharedServers.class);

    /**
     * Clean-ups find nothing to do where no test makes a client older than it is. On a busy machine one lasts for longer than a
     * second; the next one would begin beside it.
     */
    private static final String CLEAN_UP = "--spi-mcp-clean-up--unused-clients--interval=5";

    private static final Set<Class<?>> PARAMETERS = Set.of(KeycloakCluster.class, KeycloakServer.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(type, wanted -> wanted == KeycloakCluster.class ? cluster() : otherOptions());
    }

    /** Two nodes behind a proxy that says who sends. */
    private static KeycloakCluster cluster() {
        return KeycloakCluster.start("--proxy-headers=xforwarded", "--metrics-enabled=true", CLEAN_UP);
    }

    /**
     * Keycloak's own experimental resource indicators and metadata documents are on, clients can be searched by {@code
     * resource_url}, and the realm cache holds 250 clients.
     */
    private static KeycloakServer otherOptions() {
        return KeycloakServers.start(ServerOptions.ofTestRun()
                .named("other-options")
                .withArguments(
                        "--features=cimd,resource-indicators",
                        "--spi-client--jpa--searchable-attributes=resource_url",
                        "--spi-mcp-server-catalogue--declared--check-hooks=true",
                        "--cache-embedded-realms-max-count=1000",
                        CLEAN_UP));
    }
}
