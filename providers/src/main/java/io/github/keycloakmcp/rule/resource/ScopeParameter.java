package io.github.keycloakmcp.rule.resource;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Takes surplus blanks out of the {@code scope} of an authorization request. A client that joins an empty list of scopes with
 * another one sends a leading blank, for which Keycloak refuses the whole request as {@code invalid_scope}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749, section 3.3</a>
 */
public final class ScopeParameter {

    private static final String NAME = "scope=";
    private static final String RESOURCE = "resource=";

    private ScopeParameter() {}

    /** The same for a request whose {@code resource} stays as it is. */
    public static Optional<String> tidied(String query) {
        return tidied(query, UnaryOperator.identity());
    }

    /**
     * Returns the query of the same request with single blanks between scopes, and without a {@code resource} that has no
     * value, which counts as omitted (RFC 6749 section 3.1); empty where it would be the same.
     *
     * @param query a query as sent, percent-encoded
     * @param resource what is sent instead of a {@code resource}
     */
    public static Optional<String> tidied(String query, UnaryOperator<String> resource) {
        List<String> parameters = new ArrayList<>();
        boolean changed = false;
        for (String parameter : query.split("&", -1)) {
            String tidy = parameter.startsWith(NAME)
                    ? tidy(parameter)
                    : parameter.startsWith(RESOURCE) ? other(parameter, resource) : parameter;
            changed |= !tidy.equals(parameter) || tidy.equals(RESOURCE);
            if (!tidy.equals(NAME) && !tidy.equals(RESOURCE)) {
                parameters.add(tidy);
            }
        }
        return changed ? Optional.of(String.join("&", parameters)) : Optional.empty();
    }

    private static String other(String parameter, UnaryOperator<String> resource) {
        try {
            String sent = URLDecoder.decode(parameter.substring(RESOURCE.length()), StandardCharsets.UTF_8);
            String meant = resource.apply(sent);
            return meant.equals(sent) ? parameter : RESOURCE + URLEncoder.encode(meant, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return parameter;
        }
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
