package io.github.keycloakmcp.tests.server;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a {@link KeycloakTest} class its server, realm and example servers; JUnit closes them with their stores. */
public final class KeycloakExtension implements BeforeAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(KeycloakExtension.class);
    private static final Set<Class<?>> PARAMETERS =
            Set.of(KeycloakServer.class, McpRealm.class, ExampleServers.class, RegistrationRecorder.class);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Override
    public void beforeAll(ExtensionContext context) {
        KeycloakTest wanted = context.getRequiredTestClass().getAnnotation(KeycloakTest.class);
        if (wanted == null) {
            return; // a nested class: it uses what its outer class was given
        }
        KeycloakServer server = server(context);
        Map<String, String> values = variables(wanted);
        int[] ports = ExampleServers.ports(wanted.exampleServers());
        if (ports.length > 0) {
            values.put("MCP_SERVERS", ExampleServers.declaration(ports));
        }
        String name = "mcp-" + NUMBER.incrementAndGet() + "-"
                + context.getRequiredTestClass().getSimpleName().toLowerCase(Locale.ROOT) + "-"
                + Long.toString(System.nanoTime() & 0xffffff, 36);
        RealmTemplate template = RealmTemplate.read(TestSettings.realmConfig(), wanted.demo());
        Store store = context.getStore(NAMESPACE);
        McpRealm realm = McpRealm.create(server, template.resolved(values), name);
        store.put(McpRealm.class, realm);
        URI issuer = realm.issuer();
        if (wanted.recorded()) {
            RegistrationRecorder recorder = RegistrationRecorder.of(server.url());
            store.put(RegistrationRecorder.class, recorder);
            issuer = recorder.issuer(realm);
        }
        store.put(ExampleServers.class, ExampleServers.start(issuer, ports));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return PARAMETERS.contains(type);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        Object found = type == KeycloakServer.class
                ? server(context)
                : context.getStore(NAMESPACE).get(type);
        if (found == null) {
            throw new IllegalStateException("no " + type.getSimpleName() + " for " + context.getDisplayName());
        }
        return found;
    }

    private static KeycloakServer server(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(KeycloakServer.class, type -> KeycloakServers.start(), KeycloakServer.class);
    }

    private static Map<String, String> variables(KeycloakTest wanted) {
        Map<String, String> values = new HashMap<>();
        for (String variable : wanted.variables()) {
            int equals = variable.indexOf('=');
            values.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return values;
    }
}
