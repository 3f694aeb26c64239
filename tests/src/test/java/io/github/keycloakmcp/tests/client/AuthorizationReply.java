package io.github.keycloakmcp.tests.client;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What came back to the client's redirect URI.
 *
 * @param redirect the URL the browser was sent to
 * @param parameters its parameters, of the query or else of the fragment
 */
public record AuthorizationReply(URI redirect, Form parameters) {

    static AuthorizationReply of(URI redirect) {
        String query = redirect.getRawQuery();
        return new AuthorizationReply(redirect, decode(query == null ? redirect.getRawFragment() : query));
    }

    /** The code, which has to be there. */
    public String code() {
        return parameters.value("code").orElseThrow(() -> new AssertionError("no code in " + redirect));
    }

    /** Whether a code was issued. */
    public boolean hasCode() {
        return parameters.value("code").isPresent();
    }

    /** The {@code state} that came back. */
    public Optional<String> state() {
        return parameters.value("state");
    }

    /** The issuer that answered (RFC 9207). */
    public Optional<String> issuer() {
        return parameters.value("iss");
    }

    /** The error, if it is one. */
    public Optional<String> error() {
        return parameters.value("error");
    }

    /** The words that go with the error. */
    public Optional<String> errorDescription() {
        return parameters.value("error_description");
    }

    /** Checks what every client has to check: that this answers the request, and who answered. */
    public void check(AuthorizationRequest request, URI issuer) {
        if (!redirect.toString().startsWith(request.redirectUri())) {
            throw new AssertionError("sent to " + redirect + " instead of " + request.redirectUri());
        }
        if (!state().equals(request.parameters().value("state"))) {
            throw new AssertionError("another state in " + redirect);
        }
        if (!issuer().equals(Optional.of(issuer.toString()))) {
            throw new AssertionError("not from " + issuer + ": " + redirect);
        }
    }

    private static Form decode(@Nullable String encoded) {
        List<String> flat = new ArrayList<>();
        for (String pair : encoded == null ? List.<String>of() : List.of(encoded.split("&", -1))) {
            int equals = pair.indexOf('=');
            flat.add(URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8));
            flat.add(URLDecoder.decode(equals < 0 ? "" : pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return Form.of(flat.toArray(String[]::new));
    }
}
