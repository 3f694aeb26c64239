package io.github.keycloakmcp.rule.diagnosis;

import static io.github.keycloakmcp.rule.diagnosis.Explanation.error;

/** Why a workload that came without a client id got no token. */
final class WorkloadExplanations {

    static final Explanation TOKEN_MALFORMED = error(
            "a workload presented something that is not a token, or a token without a claim that it needs",
            "let the platform write iss, sub, aud, exp, iat and jti, and present its token as it is");

    static final Explanation TOKEN_NOT_SUPPORTED = error(
            "the token of a workload is signed in a way, has a type, or restricts its use in a way that is not supported",
            "let the platform sign with a key pair (RS, PS, ES or EdDSA), and leave out other types, crit, cnf and authorization_details");

    static final Explanation AUDIENCE_REFUSED = error(
            "the token of a workload is for another audience",
            "request it from the platform for the URL of the token endpoint of this realm alone");

    static final Explanation TOKEN_EXPIRED = error(
            "the token of a workload has expired, is not valid yet, or lives longer than the identity provider allows",
            "let the workload request a new token, compare the clocks, and see Max expiration of the identity provider");

    static final Explanation TOKEN_USED = error(
            "a workload presented a token that was used before",
            "let the workload get a new token from its platform for each request; see docs/agents.md for platforms that keep one");

    static final Explanation SIGNATURE_REFUSED = error(
            "the token of a workload is not signed with a key of its issuer",
            "check issuer and keys of the identity provider, and whether Keycloak can read them over https");

    static final Explanation NOT_TRUSTED = error(
            "a workload is not known, or its token has another value of a claim; the reason says which",
            "if it may come in, set mcp.workloads at the identity provider, and issuer, subject and mcp.workload.servers at its client");

    static final Explanation SERVER_REFUSED = error(
            "a workload requested a token for an MCP server that it may not use, or for none",
            "if it may, add the server to the attribute mcp.workload.servers of its client");

    private WorkloadExplanations() {}
}
