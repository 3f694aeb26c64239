package io.github.keycloakmcp.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.SocketFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Connecting to addresses that were resolved before. */
@Timeout(60)
class ConnectionTest {

    private static final Duration TIME = Duration.ofSeconds(4);

    @Test
    void anAddressThatIsSilentLeavesTimeForTheOthers() throws IOException {
        List<Integer> waits = new ArrayList<>();
        try (Connection connection = new Connection(silent(waits), Deadline.in(Deadline.LIMIT))) {
            assertThatThrownBy(() -> connection.open(addresses(4), 443)).isInstanceOf(SocketTimeoutException.class);
        }
        int all = Math.toIntExact(Deadline.LIMIT.toMillis());
        assertThat(waits).hasSize(4).isSorted();
        for (int tried = 0; tried < waits.size(); tried++) {
            assertThat(waits.get(tried)).isBetween(1, all / (waits.size() - tried));
        }
    }

    @Test
    void triesNoMoreThanAFewAddresses() throws IOException {
        RecordingSockets sockets = new RecordingSockets();
        try (Connection connection = new Connection(sockets, Deadline.in(TIME))) {
            assertThatThrownBy(() -> connection.open(addresses(200), 443)).isInstanceOf(IOException.class);
        }
        assertThat(sockets.attempts()).hasSize(Connection.MAX_ADDRESSES);
    }

    @Test
    void aRequestThatWasGivenUpConnectsNoMore() throws IOException {
        RecordingSockets sockets = new RecordingSockets();
        Connection connection = new Connection(sockets, Deadline.in(TIME));
        connection.close();
        assertThatThrownBy(() -> connection.open(addresses(2), 443)).hasMessage("given up");
        assertThat(sockets.attempts()).isEmpty();
    }

    @Test
    void closingEndsAReadOfAnotherThread() throws IOException, InterruptedException {
        Connection connection = new Connection(new RecordingSockets(), Deadline.in(TIME));
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetAddress[] here = {InetAddress.getLoopbackAddress()};
            Socket socket = connection.open(here, server.getLocalPort());
            CountDownLatch ended = new CountDownLatch(1);
            Thread reader = new Thread(() -> {
                try {
                    socket.getInputStream().read();
                } catch (IOException e) {
                    ended.countDown();
                }
            });
            reader.start();
            connection.close();
            assertThat(ended.await(2, TimeUnit.SECONDS)).isTrue();
            assertThat(socket.isClosed()).isTrue();
        }
    }

    private static InetAddress[] addresses(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    try {
                        return InetAddress.getByAddress(new byte[] {1, 1, 1, (byte) i});
                    } catch (UnknownHostException e) {
                        throw new AssertionError(e);
                    }
                })
                .toArray(InetAddress[]::new);
    }

    /** Sockets that time out at once, and tell how long they would have waited. */
    private static SocketFactory silent(List<Integer> waits) {
        return new UnconnectedSockets() {
            @Override
            public Socket createSocket() {
                return new Socket() {
                    @Override
                    public void connect(SocketAddress endpoint, int timeout) throws IOException {
                        waits.add(timeout);
                        throw new SocketTimeoutException("silent");
                    }
                };
            }
        };
    }
}
