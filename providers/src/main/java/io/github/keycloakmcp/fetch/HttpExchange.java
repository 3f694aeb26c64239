package io.github.keycloakmcp.fetch;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

import io.github.keycloakmcp.rule.fetch.ProxyRoute.HttpProxy;
import io.github.keycloakmcp.rule.fetch.ResponseHead;

/**
 * One HTTP/1.1 request on a connection of its own: nothing is followed, kept, repeated, unpacked or remembered. No HTTP client
 * has a part in it, because none that a server or the JDK brings connects to an address that was chosen before
 * (docs/decisions/0013).
 */
final class HttpExchange {

    private static final Pattern UNSENDABLE = Pattern.compile("[^\\t\\x20-\\x7E\\x80-\\xFF]");

    private final Names names;
    private final SocketFactory sockets;
    private final OutgoingProxies proxies;

    /**
     * @param names resolves host names
     * @param sockets makes sockets, not connected yet
     */
    HttpExchange(Names names, SocketFactory sockets, OutgoingProxies proxies) {
        this.names = names;
        this.sockets = sockets;
        this.proxies = proxies;
    }

    /** A connection for one request, which is to be closed when the request is given up. */
    Connection connection(Deadline deadline) {
        return new Connection(sockets, deadline);
    }

    FetchAnswer run(FetchRequest request, Connection connection, SSLSocketFactory tls) throws IOException {
        Optional<HttpProxy> proxy = request.loopback() ? Optional.empty() : proxies.forHost(request.host());
        try (connection) {
            return proxy.isPresent()
                    ? through(proxy.get(), request, connection, tls)
                    : direct(request, connection, tls);
        }
    }

    private FetchAnswer direct(FetchRequest request, Connection connection, SSLSocketFactory tls) throws IOException {
        Names guarded = new AddressGuard(names, request.inside());
        Socket socket = connection.open(guarded.resolve(request.host()), request.port());
        return read(request.encrypted() ? encrypt(socket, request, tls) : socket, request, Map.of(), target(request));
    }

    /** The name of a host behind a proxy is resolved by the proxy, and the proxy may stand anywhere. */
    private FetchAnswer through(HttpProxy proxy, FetchRequest request, Connection connection, SSLSocketFactory tls)
            throws IOException {
        boolean proxyTls = proxy.tls();
        Socket plain = connection.open(names.resolve(proxy.host()), proxy.port());
        Socket socket = proxyTls ? Connection.encrypt(plain, proxy.host(), proxy.port(), tls) : plain;
        Map<String, String> credentials = proxy.credentials()
                .map(text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                .map(text -> Map.of("Proxy-Authorization", "Basic " + text))
                .orElse(Map.of());
        if (!request.encrypted()) {
            return read(socket, request, credentials, "http://" + request.authority() + target(request));
        }
        String authority = request.host() + ":" + request.port();
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Host", authority));
        headers.putAll(credentials);
        send(socket, "CONNECT " + authority, headers);
        ResponseHead head = new ResponseReader(socket.getInputStream()).head();
        return head.isSuccessful()
                ? read(encrypt(socket, request, tls), request, Map.of(), target(request))
                : AnswerReader.failure("the proxy answered", head.status());
    }

    private static FetchAnswer read(Socket socket, FetchRequest request, Map<String, String> more, String target)
            throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", request.authority());
        headers.put("Accept", "application/json, application/*+json;q=0.9");
        headers.put("Accept-Encoding", "identity");
        headers.put("Connection", "close");
        headers.putAll(more);
        headers.putAll(request.conditions());
        send(socket, "GET " + target, headers);
        return AnswerReader.read(
                new ResponseReader(socket.getInputStream()),
                !request.conditions().isEmpty());
    }

    private static Socket encrypt(Socket socket, FetchRequest request, SSLSocketFactory tls) throws IOException {
        return Connection.encrypt(socket, request.host(), request.port(), tls);
    }

    /** Path and query; never a fragment, never a user. */
    private static String target(FetchRequest request) {
        URI uri = URI.create(request.uri().toASCIIString());
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static void send(Socket socket, String request, Map<String, String> headers) throws IOException {
        StringBuilder text = new StringBuilder(request).append(" HTTP/1.1\r\nUser-Agent: Keycloak-MCP\r\n");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (UNSENDABLE.matcher(header.getValue()).find()) {
                throw new ProtocolException(header.getKey() + " has a character that cannot be sent");
            }
            text.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        socket.getOutputStream().write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }
}
