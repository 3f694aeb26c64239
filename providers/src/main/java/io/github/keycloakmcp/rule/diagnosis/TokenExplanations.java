package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

import static io.github.keycloakmcp.rule.diagnosis.RefusalExplanation.error;
import static io.github.keycloakmcp.rule.diagnosis.RefusalExplanation.info;
import static io.github.keycloakmcp.rule.diagnosis.RefusalExplanation.warning;

/** Why a client that the realm knows got no code or no token. */
final class TokenExplanations {

    static final List<RefusalExplanation> ALL = List.of(
            error(
                    event -> event.says("resource is missing"),
                    "resource-missing",
                    "a client did not say which MCP server it wants a token for",
                    "set defaultServer to the server that such clients mean, or use a client that sends resource"),
            error(
                    event -> event.says("resource was not granted"),
                    "resource-not-granted",
                    "a client asked for a token for another MCP server than the one that its user has approved",
                    "let the client log in again for that server; there is no wider token"),
            error(
                    event -> event.says("resource must", "resource holds", "resource is not a URI"),
                    "resource-malformed",
                    "a client sent what is no URI of an MCP server",
                    "correct resource in the metadata of the MCP server (RFC 9728): absolute, https, no query, no fragment"),
            error(
                    event -> event.is("invalid_target"),
                    "resource-unknown",
                    "a client asked for an MCP server that its scopes do not open",
                    "declare the server (POST …/mcp/servers) exactly as its metadata names it (RFC 9728)"),
            error(
                    event -> event.is("invalid_scope") || event.says("Invalid scope"),
                    "scope-not-assigned",
                    "a client asked for a scope that it does not have",
                    "add the MCP scope to the client, as default or optional; a client that registered before "
                            + "set-up has to register again"),
            error(
                    event -> event.says("code_challenge", "PKCE", "code_verifier"),
                    "pkce-missing",
                    "a client did not use PKCE with S256",
                    "use a client that does; MCP demands it"),
            error(
                    event -> event.is("unsupported_response_type"),
                    "response-type-refused",
                    "a client wanted a token by the implicit or a hybrid flow",
                    "use a client that asks for a code; OAuth 2.1 has nothing else"),
            error(
                    event -> event.is("unauthorized_client") && event.says("MCP"),
                    "grant-not-bindable",
                    "a client used a grant with which nobody can approve an MCP server",
                    "use the authorization code, device or client credentials grant, or a client without an MCP scope"),
            warning(
                    event -> event.says("no access to this MCP server"),
                    "role-missing",
                    "the user does not have the role that the MCP server requires",
                    "give the user the role, or change mcp.required-role on the server's client"),
            error(
                    event -> event.says("issued to another client"),
                    "assertion-of-another-client",
                    "a client redeemed an identity assertion that names another client",
                    "let the identity provider issue it to the client that redeems it (claim client_id)"),
            warning(
                    event -> event.says("no longer available with this scope"),
                    "server-removed",
                    "the MCP server of a refresh token is not declared any more",
                    "declare it again, if it was removed by mistake; else the client logs in for another"),
            info(
                    event -> event.is("invalid_grant") || event.says("Stale token", "not bound"),
                    "refresh-ended",
                    "a refresh token is used up, expired, or from before set-up",
                    "the client sends its user through login again; if it happens all the time, look for "
                            + "strict-rotation"));

    private TokenExplanations() {}
}
