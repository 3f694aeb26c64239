package io.github.keycloakmcp.fetch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Writes down every attempt to connect, and lets through those to this computer only: no test ever sends anything to
 * another one.
 */
final class RecordingSockets extends UnconnectedSockets {

    private final List<InetSocketAddress> attempts = new CopyOnWriteArrayList<>();
    private final OptionalInt port;

    RecordingSockets() {
        this(OptionalInt.empty());
    }

    private RecordingSockets(OptionalInt port) {
        this.port = port;
    }

    /** Sockets with which every address is this port of this computer, as if the internet was here. */
    static RecordingSockets leadingTo(int port) {
        return new RecordingSockets(OptionalInt.of(port));
    }

    /** Where anybody has tried to connect to. */
    List<InetSocketAddress> attempts() {
        return List.copyOf(attempts);
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                InetSocketAddress address = (InetSocketAddress) endpoint;
                attempts.add(address);
                if (port.isPresent()) {
                    super.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.getAsInt()), timeout);
                } else if (address.getAddress().isLoopbackAddress()) {
                    super.connect(endpoint, timeout);
                } else {
                    throw new ConnectException("not in a test");
                }
            }
        };
    }
}
