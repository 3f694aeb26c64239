package io.github.keycloakmcp.rule.diagnosis;

import static io.github.keycloakmcp.rule.diagnosis.Explanation.error;
import static io.github.keycloakmcp.rule.diagnosis.Explanation.warning;

/** Why this realm issued no identity assertion. */
final class IssuanceExplanations {

    static final Explanation CLIENT_REFUSED = error(
            "a public client requested an identity assertion",
            "switch on Client authentication for the client (Clients → the client → Settings)");

    static final Explanation SUBJECT_REFUSED = warning(
            "the ID token or refresh token that a client exchanges for an identity assertion is not valid any more, or not the client's",
            "the client sends its user through login again, or exchanges its refresh token in place of an expired ID token");

    static final Explanation TARGET_REFUSED = error(
            "a client requested an identity assertion for an authorization server or MCP server that it may not use",
            "if it may, add the attribute idjag.clientid.at.{client} to it, and the MCP server to mcp.idjag.servers of the "
                    + "authorization server's client");

    static final Explanation SCOPE_REFUSED = error(
            "a client requested an identity assertion for scopes that it may not have",
            "if it may, add them to its attribute idjag.permitted.scopes.at.{client}");

    private IssuanceExplanations() {}
}
