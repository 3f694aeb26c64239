package io.github.keycloakmcp.fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A server on this computer that answers every connection in the same, possibly outrageous, way. */
final class RawServer implements AutoCloseable {

    /** How it answers; may write for ever, and fails when nobody reads any more. */
    interface Answer {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    private final Listener listener;
    private final Answer answer;
    private final boolean resets;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private RawServer(Answer answer, boolean resets) {
        this.resets = resets;
        this.answer = answer;
        this.listener = Listener.on(ServerSocketFactory.getDefault(), this::serve);
        listener.accepting();
    }

    static RawServer answering(Answer answer) {
        return new RawServer(answer, false);
    }

    /** A server that breaks the connection off after its answer. */
    static RawServer resetting(String answer) {
        return new RawServer(out -> out.write(answer.getBytes(StandardCharsets.UTF_8)), true);
    }

    static RawServer answering(String answer) {
        return new RawServer(out -> out.write(answer.getBytes(StandardCharsets.UTF_8)), false);
    }

    int port() {
        return listener.port();
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
        listener.close();
    }

    private void serve(Socket connection) throws IOException, InterruptedException {
        requests.add(Listener.requestOf(connection));
        answer.writeTo(connection.getOutputStream());
        if (resets) {
            connection.setSoLinger(true, 0);
        }
    }
}
