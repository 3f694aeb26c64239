package io.github.keycloakmcp.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A host on this computer with https, which has one document. */
final class TlsServer implements AutoCloseable {

    private static final String DOCUMENT =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

    private final SSLServerSocket socket;
    private final List<String> names = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private TlsServer(SSLServerSocket socket) {
        this.socket = socket;
        Thread thread = new Thread(this::accept, "tls-server");
        thread.setDaemon(true);
        thread.start();
    }

    static TlsServer with(TestKeys keys) {
        return new TlsServer(open(keys));
    }

    /** A host that ends the handshake where it is asked for another name. */
    static TlsServer onlyFor(String name, TestKeys keys) {
        SSLServerSocket socket = open(keys);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher(name.replace(".", "\\."))));
        socket.setSSLParameters(parameters);
        return new TlsServer(socket);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The names that clients asked for (SNI). */
    List<String> names() {
        return List.copyOf(names);
    }

    /** The requests that came, each with its first line and its header. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SSLServerSocket open(TestKeys keys) {
        try {
            return (SSLServerSocket)
                    keys.serving().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try (SSLSocket connection = (SSLSocket) socket.accept()) {
                serve(connection);
            } catch (IOException e) {
                // The client has had enough, or the test is over.
            }
        }
    }

    private void serve(SSLSocket connection) throws IOException {
        connection.startHandshake();
        ((ExtendedSSLSession) connection.getSession())
                .getRequestedServerNames()
                .forEach(name -> names.add(((SNIHostName) name).getAsciiName()));
        requests.add(Listener.requestOf(connection));
        connection.getOutputStream().write(DOCUMENT.getBytes(StandardCharsets.US_ASCII));
    }
}
