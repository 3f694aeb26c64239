package io.github.keycloakmcp.platform;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;

import io.github.keycloakmcp.resource.ResourceBindingPostProcessorFactory;
import io.github.keycloakmcp.resource.UpstreamIndicatorsFactory;
import io.github.keycloakmcp.rule.hooks.HookReport;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.resourceindicators.ResourceIndicatorsPostProcessorFactory;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Providers of other extensions that stand in the place of this extension's, or run after them. */
class ServerHooksTest {

    private static final String TESTED = "26.7.3";

    @Test
    void theProvidersOfThisExtensionFit() {
        HookReport report = report(new ResourceBindingPostProcessorFactory(), new UpstreamIndicatorsFactory());
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void aFactoryThatIsNotReplacedIsNamed() {
        HookReport report =
                report(new ResourceBindingPostProcessorFactory(), new ResourceIndicatorsPostProcessorFactory());
        assertThat(report.displaced())
                .containsExactly("resource-indicators by " + ResourceIndicatorsPostProcessorFactory.class.getName());
    }

    @Test
    void aPostProcessorThatRunsLaterIsNamed() {
        HookReport report = report(new ResourceBindingPostProcessorFactory(), other("late", -101), other("early", 0));
        assertThat(report.after()).containsExactly("late");
    }

    /** A factory whose class is not in a package of this extension. */
    private static TokenPostProcessorFactory other(String id, int order) {
        return (TokenPostProcessorFactory) proxy(
                TokenPostProcessorFactory.class,
                (proxy, method, arguments) -> method.getName().equals("order") ? (Object) order : id);
    }

    private static HookReport report(TokenPostProcessorFactory... factories) {
        InvocationHandler server = (proxy, method, arguments) -> switch (method.getName()) {
            case "getSpis" -> Set.of();
            case "getProviderFactoriesStream" -> List.of(factories).stream();
            case "getProviderFactory" ->
                arguments[0] != TokenPostProcessor.class
                        ? null
                        : List.of(factories).stream()
                                .filter(factory -> factory.getId().equals(arguments[1]))
                                .findFirst()
                                .orElse(null);
            default -> throw new UnsupportedOperationException(method.getName());
        };
        KeycloakSessionFactory factory = (KeycloakSessionFactory) proxy(KeycloakSessionFactory.class, server);
        return new ServerHooks(factory).report(TESTED, false);
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(ServerHooksTest.class.getClassLoader(), new Class<?>[] {type}, handler);
    }
}
