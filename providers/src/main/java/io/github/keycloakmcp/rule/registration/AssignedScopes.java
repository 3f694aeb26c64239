package io.github.keycloakmcp.rule.registration;

import java.util.List;

/**
 * The scopes that a client is given.
 *
 * @param defaults in every token, whether asked for or not
 * @param optional in a token when asked for at authorization
 * @param reported the effective {@code scope} in the registration response (RFC 7591 section 3.2.1)
 */
public record AssignedScopes(List<String> defaults, List<String> optional, List<String> reported) {

    public AssignedScopes {
        defaults = List.copyOf(defaults);
        optional = List.copyOf(optional);
        reported = List.copyOf(reported);
    }
}
