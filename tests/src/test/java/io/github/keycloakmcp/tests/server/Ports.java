package io.github.keycloakmcp.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Finds free TCP ports on the loopback interface and tells whether one is taken. */
public final class Ports {

    private static final int CONNECT_MILLIS = 300;

    private Ports() {}

    /** A port that was free a moment ago. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether somebody answers on {@code localhost} (either address family) or holds the port. */
    public static boolean taken(int port) {
        try {
            for (InetAddress address : InetAddress.getAllByName("localhost")) {
                if (answers(address, port)) {
                    return true;
                }
            }
            try (ServerSocket socket = new ServerSocket(port, 1, loopback())) {
                return !socket.isBound();
            }
        } catch (IOException e) {
            return true;
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static boolean answers(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
