package io.github.keycloakmcp.platform;

import java.util.List;

import io.github.keycloakmcp.rule.registration.SenderPath;
import jakarta.ws.rs.core.HttpHeaders;
import org.keycloak.models.KeycloakSession;

/** Reads the addresses that a request names as its way to this server. */
public final class RequestSender {

    private RequestSender() {}

    /** Those of the request of {@code session}. */
    public static SenderPath of(KeycloakSession session) {
        HttpHeaders headers = session.getContext().getRequestHeaders();
        return SenderPath.of(
                session.getContext().getConnection().getRemoteAddr(),
                lines(headers, "X-Forwarded-For"),
                lines(headers, "Forwarded"));
    }

    private static List<String> lines(HttpHeaders headers, String name) {
        List<String> lines = headers.getRequestHeader(name);
        return lines == null ? List.of() : lines;
    }
}
