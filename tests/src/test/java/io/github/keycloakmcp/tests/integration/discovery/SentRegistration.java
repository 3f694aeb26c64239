package io.github.keycloakmcp.tests.integration.discovery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

import io.github.keycloakmcp.tests.client.ClientMetadata;

/**
 * A registration that is written to a socket: with lines that an HTTP client would not send, and from any address of this computer.
 *
 * @param realm the name of the realm
 * @param front where it is sent
 * @param source the address that it comes from
 */
record SentRegistration(String realm, URI front, String source) {

    /** What some program on the way might believe. */
    static final List<String> HOSTILE = List.of(
            "X-Forwarded-For: 203.0.113.7",
            "x-forwarded-for: 198.51.100.9, 203.0.113.8",
            "X-Forwarded-For: [2001:db8::1]:80",
            "X_Forwarded_For: 203.0.113.7",
            "Forwarded: for=203.0.113.7;proto=https;host=evil.example",
            "X-Real-Ip: 203.0.113.7",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Port: 1",
            "X-Forwarded-Prefix: /evil",
            "Connection: X-Forwarded-For, X-Forwarded-Proto, X-Real-Ip");

    private static final int PATIENCE = 60_000;

    SentRegistration at(URI other) {
        return new SentRegistration(realm, other, source);
    }

    SentRegistration from(String other) {
        return new SentRegistration(realm, front, other);
    }

    /** Sends it with these lines in its head, and returns the status of the response. */
    int sending(List<String> lines) {
        String body = ClientMetadata.unique("Sender").json().toString();
        String head = """
                POST /auth/realms/%s/clients-registrations/openid-connect HTTP/1.1
                Host: %s
                Content-Type: application/json
                Content-Length: %d
                """.formatted(realm, front.getAuthority(), body.length())
                + lines.stream().map(line -> line + "\n").collect(Collectors.joining()) + "\n";
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(source, 0));
            socket.connect(new InetSocketAddress(front.getHost(), front.getPort()));
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream().write((head.replace("\n", "\r\n") + body).getBytes(StandardCharsets.UTF_8));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            return Integer.parseInt(answer.readLine().split(" ", -1)[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
