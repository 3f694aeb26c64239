package io.github.keycloakmcp.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.keycloak.Config;
import org.keycloak.connections.httpclient.ProxyMappings.ProxyMapping;

/**
 * The proxies through which Keycloak calls others, from the same settings: {@code proxy-mappings} of its HTTP client, else
 * the environment. Keycloak's own look-up remembers every host name for ever, which is too much where strangers name them.
 */
final class OutgoingProxies {

    private final List<ProxyMapping> mappings;

    OutgoingProxies(List<ProxyMapping> mappings) {
        this.mappings = List.copyOf(mappings);
    }

    static OutgoingProxies configured() {
        String[] written = Config.scope("connectionsHttpClient", "default").getArray("proxy-mappings");
        return written == null || written.length == 0
                ? new OutgoingProxies(ofEnvironment(environment("https_proxy", "http_proxy"), environment("no_proxy")))
                : new OutgoingProxies(
                        Stream.of(written).map(ProxyMapping::valueOf).toList());
    }

    /** The proxy for {@code host}, or nothing where it is called directly. */
    Optional<ProxyMapping> forHost(String host) {
        return mappings.stream()
                .filter(mapping -> mapping.matches(host))
                .findFirst()
                .filter(mapping -> mapping.getProxyHost() != null);
    }

    static List<ProxyMapping> ofEnvironment(Optional<String> proxy, Optional<String> exceptions) {
        List<ProxyMapping> mappings = new ArrayList<>();
        proxy.ifPresent(address -> {
            for (String host : exceptions.map(list -> list.split(",")).orElse(new String[0])) {
                Pattern suffix = Pattern.compile("(?:.+\\.)?" + Pattern.quote(host.strip()));
                mappings.add(new ProxyMapping(suffix, null, null));
            }
            mappings.add(ProxyMapping.valueOf(".*;" + address));
        });
        return mappings;
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
