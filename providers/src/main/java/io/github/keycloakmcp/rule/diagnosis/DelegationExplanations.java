package io.github.keycloakmcp.rule.diagnosis;

import static io.github.keycloakmcp.rule.diagnosis.Explanation.error;
import static io.github.keycloakmcp.rule.diagnosis.Explanation.warning;

/** Why a client that acts for a user got no token for an MCP server. */
final class DelegationExplanations {

    static final Explanation ACTOR_REFUSED = warning(
            "a client exchanged a user's token behind too many other clients, or one that only another client may exchange",
            "look for agents that call each other in a circle, or at the claims act and may_act of the token");

    static final Explanation SCOPE_REFUSED = warning(
            "a client exchanged a user's token for a scope that this token does not have",
            "let the user's client request the scope, or add the scope to the attribute mcp.delegation-scopes of the exchanging client");

    static final Explanation ROLE_MISSING = error(
            "a client exchanged a user's token for an MCP server or scope whose role only the user has",
            "give the role to the service account of the client, if it may do for users what the role allows");

    static final Explanation TARGET_REFUSED = warning(
            "a client exchanged a user's token for several MCP servers at once",
            "the client requests one token for each MCP server");

    private DelegationExplanations() {}
}
