package io.github.keycloakmcp.tests.integration.resource;

import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.server.McpRealm;

import static org.assertj.core.api.Assertions.assertThat;

/** The least that has to hold of any grant: a token is for declared servers, or there is none and an error says so. */
final class BoundOrNothing {

    private static final String[] CATALOGUE = {McpRealm.SERVER_A, McpRealm.SERVER_B};

    private BoundOrNothing() {}

    /** A named server is the audience, or there is no token; where none is named there is no token. */
    static void assertSafe(TokenReply reply, String resource) {
        assertInsideCatalogue(reply);
        if (reply.issued()) {
            assertThat(reply.tokens().audience()).containsExactly(resource);
        }
    }

    /** Nothing but declared servers, at least one of them. */
    static void assertInsideCatalogue(TokenReply reply) {
        assertThat(reply.status()).as(reply.reply().bodyWithoutTokens()).isIn(200, 400);
        if (reply.issued()) {
            assertThat(reply.tokens().audience()).isNotEmpty().isSubsetOf(CATALOGUE);
        } else {
            assertThat(reply.error()).isPresent();
        }
    }

    /** No parameter for an empty text, else one. */
    static String[] parameter(String resource) {
        return resource.isEmpty() ? new String[0] : new String[] {resource};
    }
}
