package io.github.keycloakmcp.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import org.jspecify.annotations.Nullable;

/**
 * The connection of one request, made to addresses that were resolved before: no name is looked up here. Any thread can close
 * it, which ends whatever waits for the host; without that, a host that sends a byte now and then holds a thread for ever.
 */
final class Connection implements Closeable {

    /** Most addresses of a host that are tried, so that a name with hundreds of them is no scan of a network. */
    static final int MAX_ADDRESSES = 8;

    private static final int READ_LIMIT = Math.toIntExact(Deadline.LIMIT.toMillis());

    private final SocketFactory sockets;
    private final Deadline deadline;
    private @Nullable Socket socket;
    private boolean closed;

    /** @param sockets makes sockets, not connected yet */
    Connection(SocketFactory sockets, Deadline deadline) {
        this.sockets = sockets;
        this.deadline = deadline;
    }

    /** Connects to the first of these addresses that accepts; each has its share of the time. */
    Socket open(InetAddress[] addresses, int port) throws IOException {
        IOException failed = new SocketException("no address");
        int most = Math.min(addresses.length, MAX_ADDRESSES);
        for (int i = 0; i < most; i++) {
            try {
                Socket candidate = next();
                candidate.setSoTimeout(READ_LIMIT);
                candidate.setTcpNoDelay(true);
                candidate.connect(new InetSocketAddress(addresses[i], port), millis(most - i));
                return candidate;
            } catch (InterruptedIOException | SocketException e) {
                failed = e;
            }
        }
        throw failed;
    }

    /**
     * Encrypts a connection. The name in the certificate is always verified (RFC 9110, section 4.3.4), whatever Keycloak's own
     * HTTP client is set to; the name is sent to the host (SNI, RFC 6066, section 3).
     *
     * @param host IPv6 in brackets
     */
    static Socket encrypt(Socket plain, String host, int port, SSLSocketFactory tls) throws IOException {
        SSLSocket encrypted = (SSLSocket) tls.createSocket(plain, withoutBrackets(host), port, true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }

    /** Closes the socket under all encryption: a farewell would wait for a host that does not read. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (socket != null) {
            socket.close();
        }
    }

    private synchronized Socket next() throws IOException {
        if (socket != null) {
            socket.close();
        }
        if (closed) {
            throw new ClosedException();
        }
        Socket next = sockets.createSocket();
        socket = next;
        return next;
    }

    private int millis(int addressesLeft) {
        long left = Math.min(deadline.nanosLeft(), Duration.ofMillis(READ_LIMIT).toNanos());
        return Math.toIntExact(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left) / addressesLeft));
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The request was given up before it had a connection. */
    private static final class ClosedException extends IOException {

        private static final long serialVersionUID = 1L;

        ClosedException() {
            super("given up");
        }
    }
}
