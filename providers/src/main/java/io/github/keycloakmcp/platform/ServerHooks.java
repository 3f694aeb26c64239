package io.github.keycloakmcp.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.hooks.HookReport;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Finds out at start-up whether the server has what this extension relies on. */
public final class ServerHooks {

    private static final String PRODUCT = "io.github.keycloakmcp.";

    private final KeycloakSessionFactory factory;

    ServerHooks(KeycloakSessionFactory factory) {
        this.factory = factory;
    }

    /** What of other extensions can change or replace the binding of tokens, in words; empty for nothing. */
    public static List<String> foreign(KeycloakSessionFactory factory) {
        ServerHooks hooks = new ServerHooks(factory);
        return Stream.concat(hooks.displaced().stream(), hooks.after().stream().map(id -> "post-processor " + id))
                .toList();
    }

    /** @param signatures whether to compare everything that the compiled classes use, which takes a second */
    HookReport report(String version, boolean signatures) {
        UsedHooks hooks = new UsedHooks(ServerHooks.class.getClassLoader());
        return new HookReport(
                version,
                signatures ? hooks.missing(binding()) : Set.of(),
                signatures ? hooks.missing(ours()) : Set.of(),
                displaced(),
                after());
    }

    /** Without these, tokens leave unbound. */
    private List<Class<?>> binding() {
        return Stream.of(
                        factory.getProviderFactory(ProtocolMapper.class, ProviderIds.RESOURCE_AUDIENCE),
                        factory.getProviderFactory(TokenPostProcessor.class, ProviderIds.RESOURCE_BINDING),
                        factory.getProviderFactory(ServerCatalogue.class, ProviderIds.CATALOGUE))
                .filter(Objects::nonNull)
                .<Class<?>>map(Object::getClass)
                .toList();
    }

    private List<Class<?>> ours() {
        List<Class<?>> classes = new ArrayList<>();
        for (Spi spi : factory.getSpis()) {
            factories(spi.getProviderClass())
                    .map(Object::getClass)
                    .filter(ServerHooks::isOurs)
                    .forEach(classes::add);
        }
        return classes;
    }

    /** The providers of which another extension has taken the place. */
    private List<String> displaced() {
        List<String> displaced = new ArrayList<>();
        for (ReplacedProvider replaced : ReplacedProvider.ALL) {
            ProviderFactory<?> found = factory.getProviderFactory(replaced.type(), replaced.id());
            if (found != null && !isOurs(found.getClass())) {
                displaced.add(replaced.id() + " by " + found.getClass().getName());
            }
        }
        return displaced;
    }

    /** Post-processors of other extensions with our order or a later one; what they change is not looked at again. */
    private List<String> after() {
        ProviderFactory<?> last = factory.getProviderFactory(TokenPostProcessor.class, ProviderIds.RESOURCE_BINDING);
        return last == null
                ? List.of()
                : factories(TokenPostProcessor.class)
                        .filter(found -> found.order() <= last.order() && !isOurs(found.getClass()))
                        .map(found -> found.getId())
                        .toList();
    }

    private Stream<ProviderFactory<?>> factories(Class<? extends Provider> type) {
        return factory.getProviderFactoriesStream(type).map(found -> (ProviderFactory<?>) found);
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(PRODUCT);
    }
}
