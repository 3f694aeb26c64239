package io.github.keycloakmcp.tests.integration.resource;

import java.util.Optional;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.OAuthReply;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;

/**
 * What came of asking for a token, wherever along the way it ended.
 *
 * @param tokens the tokens, if there are any
 * @param error the OAuth error otherwise
 */
record Answer(Optional<Tokens> tokens, Optional<String> error) {

    static Answer of(TokenReply reply) {
        return reply.issued() ? new Answer(Optional.of(reply.tokens()), Optional.empty()) : refused(reply);
    }

    static Answer refused(OAuthReply reply) {
        return new Answer(Optional.empty(), reply.error());
    }

    static Answer refused(AuthorizationReply reply) {
        return new Answer(Optional.empty(), reply.error());
    }
}
