package io.github.keycloakmcp.example;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.github.keycloakmcp.example.Presented.Scheme;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The answer that tells a client where and how to get a token (RFC 6750 §3, RFC 9728 §5.1), with the algorithms of its
 * proofs where one is needed (RFC 9449 §7.1).
 *
 * @param scopes the scopes to ask for; none of them is named, if there is none
 */
record Challenge(Scheme scheme, String metadata, List<String> scopes) {

    /** Answers a request without a token, which is no error of the client. */
    void send(HttpServletResponse response) {
        response.setHeader("WWW-Authenticate", header(""));
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }

    void send(HttpServletResponse response, int status, String error, String description) throws IOException {
        String reason = "error=\"" + error + "\", error_description=\"" + description + "\", ";
        response.setHeader("WWW-Authenticate", header(reason));
        body(response, status, error, description);
    }

    static void body(HttpServletResponse response, int status, String error, String description) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getWriter().print("{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}");
    }

    private String header(String reason) {
        List<String> parameters = new ArrayList<>();
        if (scheme == Scheme.DPOP) {
            parameters.add("algs=\"" + String.join(" ", SignedProof.algorithms()) + '"');
        }
        parameters.add("resource_metadata=\"" + metadata + '"');
        if (!scopes.isEmpty()) {
            parameters.add("scope=\"" + String.join(" ", scopes) + '"');
        }
        return scheme.word() + ' ' + reason + String.join(", ", parameters);
    }
}
