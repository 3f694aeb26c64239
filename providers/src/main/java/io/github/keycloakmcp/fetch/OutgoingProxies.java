package io.github.keycloakmcp.fetch;

import java.net.ProtocolException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.fetch.ProxyRoute;
import io.github.keycloakmcp.rule.fetch.ProxyRoute.HttpProxy;
import org.keycloak.Config;

/**
 * The proxies through which Keycloak calls others, from the same settings: {@code proxy-mappings} of its HTTP client, else
 * the environment. Keycloak's own look-up remembers every host name for ever, which is too much where strangers name them.
 */
final class OutgoingProxies {

    private final List<ProxyRoute> routes;

    OutgoingProxies(List<ProxyRoute> routes) {
        this.routes = List.copyOf(routes);
    }

    static OutgoingProxies configured() {
        String[] written = Config.scope("connectionsHttpClient", "default").getArray("proxy-mappings");
        return new OutgoingProxies(
                written == null || written.length == 0
                        ? ProxyRoute.ofEnvironment(environment("https_proxy", "http_proxy"), environment("no_proxy"))
                        : Stream.of(written).map(ProxyRoute::parse).toList());
    }

    /** Why requests to some hosts will fail. */
    List<String> problems() {
        return routes.stream().flatMap(route -> route.problem().stream()).toList();
    }

    /** The proxy for {@code host}, or nothing where it is called directly; fails where its entry cannot be read. */
    Optional<HttpProxy> forHost(String host) throws ProtocolException {
        Optional<ProxyRoute> found =
                routes.stream().filter(route -> route.matches(host)).findFirst();
        Optional<String> problem = found.flatMap(ProxyRoute::problem);
        if (problem.isPresent()) {
            throw new ProtocolException(problem.get());
        }
        return found.flatMap(ProxyRoute::proxy);
    }

    private static Optional<String> environment(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT)))
                .map(System::getenv)
                .filter(Objects::nonNull)
                .filter(value -> !value.isBlank())
                .findFirst();
    }
}
