package io.github.keycloakmcp.rule.diagnosis;

import static io.github.keycloakmcp.rule.diagnosis.Explanation.error;
import static io.github.keycloakmcp.rule.diagnosis.Explanation.warning;

/** Why this realm issued no identity assertion, or no token without a proof of the client's key. */
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

    static final Explanation DPOP_REQUIRED = error(
            "a client requested a token without a DPoP proof for an MCP server that requires one",
            "use a client that supports DPoP, or remove dpopRequired from the MCP server (attribute mcp.dpop-required of its client)");

    private IssuanceExplanations() {}
}
