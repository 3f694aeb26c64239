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
 * An entry of Keycloak's setting {@code proxy-mappings}: hosts, and the proxy for them. An entry that cannot be read stops the
 * start, as it does in Keycloak; otherwise requests would go around the proxy.
 *
 * @param hosts matches the whole name of a host
 * @param proxy empty where these hosts are called directly
 */
public record ProxyRoute(Pattern hosts, Optional<HttpProxy> proxy) {

    private static final String NO_PROXY = "NO_PROXY";

    /** Reads {@code regex;http://user:password@host:port} or {@code regex;NO_PROXY}. */
    public static ProxyRoute parse(String written) {
        String[] parts = written.split(";", -1);
        if (parts.length < 2) {
            throw new IllegalArgumentException("proxy-mappings: an entry is not pattern;proxy");
        }
        try {
            Pattern hosts = Pattern.compile(parts[0], Pattern.CASE_INSENSITIVE);
            return new ProxyRoute(
                    hosts, parts[1].equals(NO_PROXY) ? Optional.empty() : Optional.of(HttpProxy.parse(parts[1])));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("proxy-mappings: " + parts[0] + " is not a regular expression", e);
        }
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
                routes.add(new ProxyRoute(
                        Pattern.compile("(?:.+\\.)?" + Pattern.quote(host.strip()), Pattern.CASE_INSENSITIVE),
                        Optional.empty()));
            }
            routes.add(parse(".*;" + address));
        });
        return routes;
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

        static HttpProxy parse(String address) {
            URI uri;
            try {
                uri = URI.create(address);
            } catch (IllegalArgumentException e) {
                throw unreadable(); // without its cause, which has the password
            }
            if (uri.getHost() == null || uri.getScheme() == null) {
                throw unreadable();
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            return new HttpProxy(
                    scheme,
                    uri.getHost(),
                    uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? HTTPS : HTTP,
                    Optional.ofNullable(uri.getUserInfo()).filter(user -> user.indexOf(':') > 0));
        }

        /** Whether the connection to the proxy itself is encrypted; fails for a proxy of another kind, such as SOCKS. */
        public boolean tls() throws ProtocolException {
            if (scheme.equals("https") || scheme.equals("http")) {
                return scheme.equals("https");
            }
            throw new ProtocolException("an outgoing proxy with the scheme " + scheme + " is not supported");
        }

        private static IllegalArgumentException unreadable() {
            return new IllegalArgumentException("the address of an outgoing proxy is not http://host:port");
        }

        /** Without the password, which would be in a log otherwise. */
        @Override
        public String toString() {
            return scheme + "://" + host + ":" + port;
        }
    }
}
