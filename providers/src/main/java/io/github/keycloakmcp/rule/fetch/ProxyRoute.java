package io.github.keycloakmcp.rule.fetch;

import java.net.ProtocolException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * An entry of Keycloak's setting {@code proxy-mappings}: hosts, and the proxy for them. Where an entry cannot be
 * read, requests to its hosts fail, as they do in Keycloak; otherwise they would go around the proxy.
 *
 * @param hosts matches the whole name of a host
 * @param proxy empty where these hosts are called directly
 * @param problem why requests to these hosts fail; without the password of a proxy
 */
public record ProxyRoute(Pattern hosts, Optional<HttpProxy> proxy, Optional<String> problem) {

    private static final String NO_PROXY = "NO_PROXY";
    private static final Pattern ALL = Pattern.compile(".*");

    /**
     * Reads {@code regex;http://user:password@host:port} or {@code regex;NO_PROXY}. If the expression cannot be read, it may mean
     * any host.
     */
    public static ProxyRoute parse(String written) {
        String[] parts = written.split(";", -1);
        if (parts.length < 2) {
            return unreadable(ALL, "proxy-mappings: an entry is not pattern;proxy");
        }
        Pattern hosts;
        try {
            hosts = Pattern.compile(parts[0], Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            return unreadable(ALL, "proxy-mappings: the pattern of an entry is not a regular expression");
        }
        return parts[1].equals(NO_PROXY) ? direct(hosts) : through(hosts, parts[1]);
    }

    /**
     * The routes that environment variables tell: one proxy for all hosts but some.
     *
     * @param exceptions names separated by commas, each for the names below it as well
     */
    public static List<ProxyRoute> ofEnvironment(Optional<String> proxy, Optional<String> exceptions) {
        List<ProxyRoute> routes = new ArrayList<>();
        proxy.ifPresent(address -> {
            for (String host : exceptions.map(list -> list.split(",", -1)).orElse(new String[0])) {
                if (!host.isBlank()) {
                    routes.add(direct(
                            Pattern.compile("(?:.+\\.)?" + Pattern.quote(host.strip()), Pattern.CASE_INSENSITIVE)));
                }
            }
            routes.add(through(ALL, address.strip()));
        });
        return routes;
    }

    private static ProxyRoute direct(Pattern hosts) {
        return new ProxyRoute(hosts, Optional.empty(), Optional.empty());
    }

    private static ProxyRoute through(Pattern hosts, String address) {
        return HttpProxy.parse(address)
                .map(proxy -> new ProxyRoute(hosts, Optional.of(proxy), Optional.empty()))
                .orElseGet(() -> unreadable(hosts, "the address of an outgoing proxy is not http://host:port"));
    }

    private static ProxyRoute unreadable(Pattern hosts, String problem) {
        return new ProxyRoute(hosts, Optional.empty(), Optional.of(problem));
    }

    /** Tells whether this entry is the one for {@code host}. */
    public boolean matches(String host) {
        return hosts.matcher(host).matches();
    }

    /**
     * A proxy.
     *
     * @param scheme how the proxy itself is reached; {@code http} and {@code https} are supported
     * @param credentials name and password, separated by a colon
     */
    public record HttpProxy(String scheme, String host, int port, Optional<String> credentials) {

        private static final int HTTPS = 443;
        private static final int HTTP = 80;

        /** Empty where there is no such address. What is wrong with it is not told: the reason would have the password. */
        static Optional<HttpProxy> parse(String address) {
            URI uri;
            try {
                uri = URI.create(address);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
            if (uri.getHost() == null || uri.getScheme() == null) {
                return Optional.empty();
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            return Optional.of(new HttpProxy(
                    scheme,
                    uri.getHost(),
                    uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? HTTPS : HTTP,
                    Optional.ofNullable(uri.getUserInfo()).filter(user -> user.indexOf(':') > 0)));
        }

        /** Whether the connection to the proxy itself is encrypted; fails for a proxy of another kind, such as SOCKS. */
        public boolean tls() throws ProtocolException {
            if (scheme.equals("https") || scheme.equals("http")) {
                return scheme.equals("https");
            }
            throw new ProtocolException("an outgoing proxy with the scheme " + scheme + " is not supported");
        }

        /** Without the password, which would be in a log otherwise. */
        @Override
        public String toString() {
            return scheme + "://" + host + ":" + port;
        }
    }
}
