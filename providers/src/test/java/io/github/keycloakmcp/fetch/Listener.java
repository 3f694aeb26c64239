package io.github.keycloakmcp.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A port of this computer that serves each connection in a thread of its own, until it is closed. */
final class Listener implements AutoCloseable {

    /** What is done with a connection, which is closed afterwards. */
    interface Service {
        void serve(Socket connection) throws IOException, InterruptedException;
    }

    private final ServerSocket socket;
    private final Service service;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    private Listener(ServerSocket socket, Service service) {
        this.socket = socket;
        this.service = service;
    }

    /** A port with sockets of this kind, which listens but accepts nothing before {@link #accepting}. */
    static Listener on(ServerSocketFactory sockets, Service service) {
        try {
            return new Listener(sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress()), service);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins to accept connections, when its owner is complete. */
    void accepting() {
        start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Does more work beside, until it is closed. */
    void start(Runnable work) {
        Thread thread = new Thread(work, "listener");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** Reads a request up to the end of its header: its first line and its header. */
    static String requestOf(Socket connection) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder request = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            request.append(line).append('\n');
        }
        return request.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.forEach(Thread::interrupt);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                start(() -> serve(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            service.serve(connection);
        } catch (IOException e) {
            // The other side has had enough.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
