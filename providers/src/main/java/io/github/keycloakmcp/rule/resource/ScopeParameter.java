package io.github.keycloakmcp.rule.resource;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes surplus blanks out of the {@code scope} of an authorization request. A client that joins an empty list of scopes with
 * another one sends a leading blank, for which Keycloak refuses the whole request as {@code invalid_scope}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749, section 3.3</a>
 */
public final class ScopeParameter {

    private static final String NAME = "scope=";

    private ScopeParameter() {}

    /**
     * Returns the query of the same request with single blanks between scopes; empty where it has no other.
     *
     * @param query a query as sent, percent-encoded
     */
    public static Optional<String> tidied(String query) {
        List<String> parameters = new ArrayList<>();
        boolean changed = false;
        for (String parameter : query.split("&", -1)) {
            String tidy = parameter.startsWith(NAME) ? tidy(parameter) : parameter;
            changed |= !tidy.equals(parameter);
            if (!tidy.equals(NAME)) {
                parameters.add(tidy);
            }
        }
        return changed ? Optional.of(String.join("&", parameters)) : Optional.empty();
    }

    private static String tidy(String parameter) {
        try {
            String sent = URLDecoder.decode(parameter.substring(NAME.length()), StandardCharsets.UTF_8);
            String tidy = sent.replaceAll(" +", " ").replaceAll("^ | \\z", "");
            return tidy.equals(sent) ? parameter : NAME + URLEncoder.encode(tidy, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return parameter;
        }
    }
}
