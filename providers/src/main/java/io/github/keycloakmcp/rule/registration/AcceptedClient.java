package io.github.keycloakmcp.rule.registration;

import java.util.List;

/**
 * What a client that passed every rule becomes.
 *
 * @param redirectUris what it asked for, and beside each loopback URI the same one without port, so that it may listen
 *     on any port (RFC 8252 section 7.3)
 * @param scopes the scopes it gets
 */
public record AcceptedClient(List<String> redirectUris, AssignedScopes scopes) {

    public AcceptedClient {
        redirectUris = List.copyOf(redirectUris);
    }
}
