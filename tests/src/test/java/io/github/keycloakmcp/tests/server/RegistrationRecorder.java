package io.github.keycloakmcp.tests.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A relay in front of a server, which remembers the registration requests that pass. It hands every byte on as it came,
 * the {@code Host} header included, so that the server presents itself under the relay's address and a client uses
 * nothing else.
 */
public final class RegistrationRecorder implements AutoCloseable {

    private static final Pattern REGISTRATION =
            Pattern.compile("POST \\S*/clients-registrations/\\S* HTTP/1\\.1\r\n((?:[^\r\n]+\r\n)+)\r\n");

    private final ServerSocket entrance;
    private final URI server;
    private final List<ByteArrayOutputStream> heard = new CopyOnWriteArrayList<>();

    private RegistrationRecorder(ServerSocket entrance, URI server) {
        this.entrance = entrance;
        this.server = server;
    }

    /** Starts a relay to the server. */
    static RegistrationRecorder of(URI server) {
        try {
            ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getByName(server.getHost()));
            RegistrationRecorder recorder = new RegistrationRecorder(entrance, server);
            background(recorder::accept);
            return recorder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The issuer of a realm as it is seen through the relay. */
    public URI issuer(McpRealm realm) {
        URI issuer = realm.issuer();
        return URI.create("http://" + server.getHost() + ":" + entrance.getLocalPort() + issuer.getRawPath());
    }

    /** The registration requests since the last call. */
    public List<RegistrationRequest> take() {
        List<RegistrationRequest> requests = heard.stream()
                .map(bytes -> bytes.toString(StandardCharsets.ISO_8859_1))
                .flatMap(text -> REGISTRATION.matcher(text).results().map(found -> request(text, found)))
                .toList();
        heard.forEach(ByteArrayOutputStream::reset);
        return requests;
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        while (!entrance.isClosed()) {
            Socket client = entrance.accept();
            background(() -> connect(client));
        }
    }

    /** Apart from the next one, which has to be let in even where the server was too busy for this one. */
    private void connect(Socket client) throws IOException {
        try (client;
                Socket target = new Socket(server.getHost(), server.getPort())) {
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            heard.add(copy);
            background(() -> relay(target, client, OutputStream.nullOutputStream()));
            relay(client, target, copy);
        }
    }

    private static void relay(Socket from, Socket to, OutputStream copy) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                copy.write(buffer, 0, read);
                to.getOutputStream().write(buffer, 0, read);
            }
        }
    }

    private static RegistrationRequest request(String text, MatchResult found) {
        Map<String, String> headers = found.group(1)
                .lines()
                .map(line -> line.split(":\\s*", 2))
                .collect(Collectors.toMap(pair -> pair[0].toLowerCase(Locale.ROOT), pair -> pair[1], (a, b) -> b));
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = text.substring(found.end(), found.end() + length).getBytes(StandardCharsets.ISO_8859_1);
        return new RegistrationRequest(headers, Json.parse(new String(body, StandardCharsets.UTF_8)));
    }

    private interface Task {
        void run() throws IOException;
    }

    /** Runs until one of the sockets is closed, which is how every connection ends. */
    private static void background(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException closed) {
                // the other side has gone, and with it the task
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
