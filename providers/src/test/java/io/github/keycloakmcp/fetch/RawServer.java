package io.github.keycloakmcp.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on this computer that answers every connection in the same, possibly outrageous, way. */
final class RawServer implements AutoCloseable {

    /** How it answers; may write for ever, and fails when nobody reads any more. */
    interface Answer {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket socket;
    private final Answer answer;
    private final boolean resets;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    private RawServer(Answer answer, boolean resets) throws IOException {
        this.resets = resets;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.answer = answer;
        start(this::accept);
    }

    static RawServer answering(Answer answer) {
        return of(answer, false);
    }

    /** A server that breaks the connection off after its answer. */
    static RawServer resetting(String answer) {
        return of(out -> out.write(answer.getBytes(StandardCharsets.UTF_8)), true);
    }

    private static RawServer of(Answer answer, boolean resets) {
        try {
            return new RawServer(answer, resets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RawServer answering(String answer) {
        return answering(out -> out.write(answer.getBytes(StandardCharsets.UTF_8)));
    }

    int port() {
        return socket.getLocalPort();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port() + "/client");
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
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder request = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                request.append(line).append('\n');
            }
            requests.add(request.toString());
            answer.writeTo(connection.getOutputStream());
            if (resets) {
                connection.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // The client has had enough.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }
}
