package io.github.keycloakmcp.fetch;

import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

import org.apache.http.HttpHost;
import org.apache.http.auth.AuthScope;
import org.apache.http.client.CredentialsProvider;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.DnsResolver;
import org.apache.http.conn.HttpClientConnectionManager;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.DefaultHostnameVerifier;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.conn.util.PublicSuffixMatcherLoader;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.BasicHttpClientConnectionManager;
import org.apache.http.protocol.HttpContext;
import org.keycloak.connections.httpclient.ProxyMappings.ProxyMapping;

/**
 * One HTTP request on a connection of its own: nothing is followed, kept, repeated, unpacked or remembered. Certificate and
 * host name are always verified, whatever Keycloak's own HTTP client is set to; the certificates trusted are Keycloak's.
 */
final class HttpExchange {

    private static final int LIMIT = Math.toIntExact(Deadline.LIMIT.toMillis());
    private static final int MAX_LINE = 8192;
    private static final int MAX_HEADERS = 100;

    private final DnsResolver names;
    private final SocketFactory sockets;
    private final OutgoingProxies proxies;

    /**
     * @param names resolves host names
     * @param sockets makes sockets, not connected yet
     */
    HttpExchange(DnsResolver names, SocketFactory sockets, OutgoingProxies proxies) {
        this.names = names;
        this.sockets = sockets;
        this.proxies = proxies;
    }

    FetchAnswer run(FetchRequest request, HttpGet get, SSLSocketFactory tls) throws IOException {
        Optional<ProxyMapping> proxy = request.loopback() ? Optional.empty() : proxies.forHost(request.host());
        // The name of a host behind a proxy is resolved by the proxy, and the proxy may stand anywhere.
        DnsResolver resolver = proxy.isPresent() ? names : new AddressGuard(names, request.inside());
        try (CloseableHttpClient client = client(connections(resolver, tls), proxy);
                CloseableHttpResponse response = client.execute(get)) {
            return AnswerReader.read(response, !request.conditions().isEmpty());
        }
    }

    private static CloseableHttpClient client(HttpClientConnectionManager connections, Optional<ProxyMapping> proxy) {
        HttpHost host = proxy.map(ProxyMapping::getProxyHost).orElse(null);
        CredentialsProvider credentials = new BasicCredentialsProvider();
        proxy.filter(mapping -> mapping.getProxyCredentials() != null)
                .ifPresent(mapping -> credentials.setCredentials(
                        new AuthScope(mapping.getProxyHost()), mapping.getProxyCredentials()));
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setProxy(host)
                .setDefaultCredentialsProvider(credentials)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectTimeout(LIMIT)
                        .setSocketTimeout(LIMIT)
                        .setConnectionRequestTimeout(LIMIT)
                        .build())
                .setUserAgent("Keycloak-MCP")
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .build();
    }

    private HttpClientConnectionManager connections(DnsResolver resolver, SSLSocketFactory tls) {
        BasicHttpClientConnectionManager connections = new BasicHttpClientConnectionManager(
                RegistryBuilder.<ConnectionSocketFactory>create()
                        .register("http", new PlainConnectionSocketFactory() {
                            @Override
                            public Socket createSocket(HttpContext context) throws IOException {
                                return sockets.createSocket();
                            }
                        })
                        .register("https", new SSLConnectionSocketFactory(tls, hostNames()) {
                            @Override
                            public Socket createSocket(HttpContext context) throws IOException {
                                return sockets.createSocket();
                            }
                        })
                        .build(),
                null,
                null,
                resolver);
        connections.setConnectionConfig(ConnectionConfig.custom()
                .setMessageConstraints(MessageConstraints.custom()
                        .setMaxLineLength(MAX_LINE)
                        .setMaxHeaderCount(MAX_HEADERS)
                        .build())
                .build());
        return connections;
    }

    private static DefaultHostnameVerifier hostNames() {
        return new DefaultHostnameVerifier(PublicSuffixMatcherLoader.getDefault());
    }
}
