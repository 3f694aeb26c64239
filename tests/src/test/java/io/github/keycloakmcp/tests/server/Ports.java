package io.github.keycloakmcp.tests.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds free TCP ports on the loopback interface and tells whether one is taken. They lie below the ports that a system gives to
 * outgoing connections, and none is found twice in a run: a server that stops for a minute finds its port free when it starts again.
 */
public final class Ports {

    private static final int CONNECT_MILLIS = 300;
    private static final int FIRST = 20_000;
    private static final int COUNT = 10_000;

    /** Runs beside each other begin in different places. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private Ports() {}

    /** A port that was free a moment ago. */
    public static int free() {
        return IntStream.generate(NEXT::getAndIncrement)
                .limit(COUNT)
                .map(number -> FIRST + Math.floorMod(number, COUNT))
                .filter(port -> !taken(port))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free port"));
    }

    /** Whether somebody answers on {@code localhost} (either address family) or holds the port. */
    public static boolean taken(int port) {
        if (answers(port)) {
            return true;
        }
        try (ServerSocket socket = new ServerSocket(port, 1, loopback())) {
            return !socket.isBound();
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether a server answers on {@code localhost} (either address family). */
    public static boolean answers(int port) {
        try {
            return Stream.of(InetAddress.getAllByName("localhost")).anyMatch(address -> answers(address, port));
        } catch (UnknownHostException e) {
            return false;
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
