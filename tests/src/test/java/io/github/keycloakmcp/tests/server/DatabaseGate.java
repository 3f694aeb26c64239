package io.github.keycloakmcp.tests.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port on this computer through which servers reach their database, until it is shut: then all connections break. */
public final class DatabaseGate implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;
    private static final int BACKLOG = 200;

    private final ServerSocket door;
    private final int database;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean shut;

    private DatabaseGate(ServerSocket door, int database) {
        this.door = door;
        this.database = database;
        start(this::admit);
    }

    /** Opens one in front of a port. */
    public static DatabaseGate before(int database) {
        try {
            return new DatabaseGate(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), database);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where servers connect to. */
    public int port() {
        return door.getLocalPort();
    }

    /** Breaks every connection, and each new one, until {@link #open}. */
    public void shut() {
        shut = true;
        open.forEach(DatabaseGate::end);
        open.clear();
    }

    /** Lets connections through again. */
    public void open() {
        shut = false;
    }

    @Override
    public void close() {
        shut();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void admit() {
        while (!door.isClosed()) {
            try {
                Socket server = door.accept();
                if (shut) {
                    end(server);
                    continue;
                }
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), database);
                open.add(server);
                open.add(behind);
                start(() -> copy(server, behind));
                start(() -> copy(behind, server));
            } catch (IOException e) {
                // The gate or the database is being closed.
            }
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                out.write(buffer, 0, length);
                out.flush();
            }
        } catch (IOException e) {
            // One side is gone, so the other one goes as well.
        } finally {
            end(from);
            end(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "database-gate");
        thread.setDaemon(true);
        thread.start();
    }
}
