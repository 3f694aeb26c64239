package io.github.keycloakmcp.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** An HTTP proxy on this computer that makes tunnels, all of them to one port of this computer. */
final class TunnelProxy implements AutoCloseable {

    private final Listener listener;
    private final int target;
    private final String credentials;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private TunnelProxy(ServerSocketFactory sockets, int target, String credentials) {
        this.target = target;
        this.credentials = credentials;
        this.listener = Listener.on(sockets, this::serve);
        listener.accepting();
    }

    /**
     * A proxy that is reached without encryption.
     *
     * @param target port of the host behind it
     * @param credentials the value of {@code Proxy-Authorization} that it demands; empty for none
     */
    static TunnelProxy to(int target, String credentials) {
        return new TunnelProxy(ServerSocketFactory.getDefault(), target, credentials);
    }

    /** A proxy that is itself reached with TLS. */
    static TunnelProxy encrypted(TestKeys keys, int target) {
        return new TunnelProxy(keys.serving().getServerSocketFactory(), target, "");
    }

    int port() {
        return listener.port();
    }

    /** What it was asked for, each with its first line and its header. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        listener.close();
    }

    private void serve(Socket client) throws IOException {
        String request = head(client.getInputStream());
        requests.add(request);
        OutputStream out = client.getOutputStream();
        if (!credentials.isEmpty() && !request.contains("\r\nProxy-Authorization: " + credentials + "\r\n")) {
            write(out, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n");
            return;
        }
        try (Socket host = new Socket(InetAddress.getLoopbackAddress(), target)) {
            write(out, "HTTP/1.1 200 Connection established\r\nVia: 1.1 proxy\r\n\r\n");
            listener.start(() -> copy(client, host));
            host.getInputStream().transferTo(out);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of the two has had enough.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                break;
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
