package io.github.keycloakmcp.example;

import java.util.Arrays;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

/**
 * An access token and how it was sent.
 *
 * @param scheme as a bearer token (RFC 6750 §2.1) or together with a proof (RFC 9449 §7.1)
 */
record Presented(Scheme scheme, String token) {

    /** The schemes of the header {@code Authorization}. */
    enum Scheme {
        BEARER("Bearer"),
        DPOP("DPoP");

        private final String word;

        Scheme(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** The token of a request. A token in the URL or in the body is none. */
    static Optional<Presented> in(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header == null
                ? Optional.empty()
                : Arrays.stream(Scheme.values())
                        .filter(scheme -> begins(header, scheme.word() + ' '))
                        .map(scheme -> new Presented(
                                scheme, header.substring(scheme.word().length()).strip()))
                        .findFirst();
    }

    private static boolean begins(String header, String word) {
        return header.regionMatches(true, 0, word, 0, word.length());
    }
}
