package io.github.keycloakmcp.rule.diagnosis;

import static io.github.keycloakmcp.rule.diagnosis.Explanation.error;
import static io.github.keycloakmcp.rule.diagnosis.Explanation.info;
import static io.github.keycloakmcp.rule.diagnosis.Explanation.warning;

/** Explains why a client that the realm knows got no code or no token. */
final class TokenExplanations {

    static final Explanation RESOURCE_MISSING = error(
            "a client did not name the MCP server that it requests a token for",
            "set defaultServer to the server that such clients mean, or use a client that sends resource");

    static final Explanation RESOURCE_MALFORMED = error(
            "a client sent a resource that cannot be the URI of an MCP server",
            "correct resource in the metadata of the MCP server (RFC 9728): absolute, https, no query, no fragment; for "
                    + "clients that append a query, set ignoreResourceQuery");

    static final Explanation RESOURCE_UNKNOWN = error(
            "a client requested an MCP server to which its scopes grant no access",
            "declare the server (POST …/mcp/servers) exactly as its metadata names it (RFC 9728); if the client sends "
                    + "another URI for it, such as its origin, add an alias (aliases in PUT …/mcp)");

    static final Explanation RESOURCE_NOT_GRANTED = error(
            "a client requested a token for another MCP server than the one that the user approved",
            "log in again for that server; a token for both is not issued");

    static final Explanation RESPONSE_TYPE_REFUSED = error(
            "a client requested a token with the implicit or a hybrid flow",
            "use a client that requests a code; OAuth 2.1 has no other flow");

    static final Explanation GRANT_NOT_BINDABLE = error(
            "a client used a grant in which no user can approve an MCP server",
            "use the authorization code, device or client credentials grant, or a client without an MCP scope");

    static final Explanation ROLE_MISSING = warning(
            "the user does not have the role that the MCP server, or the scope that opens it, requires",
            "assign the role to the user, or remove it from the scope (Client scopes → Scope) or from the server's client "
                    + "(mcp.required-role)");

    static final Explanation SCOPE_NOT_REQUESTED = error(
            "a client named an MCP server without requesting the scope that opens it",
            "make the MCP scope a default scope of the client, or let the client request it");

    static final Explanation SCOPE_MISSING = error(
            "a client named an MCP server and has no scope that opens it",
            "add the MCP scope to the client, as default or optional");

    static final Explanation SCOPE_OF_ANOTHER_SERVER = error(
            "a client requested a scope that belongs to another MCP server than the one that it names",
            "let the client request the scopes of this server; if the scope is meant for it, add the server to the mapper of the "
                    + "scope (Client scopes → Mappers → MCP servers)");

    static final Explanation SCOPE_NEEDS_LOGIN = error(
            "a client requested a scope that requires a login of the user, by a grant without one",
            "use the authorization code grant for the scope, or remove Level of authentication and Age of the login from its mapper");

    static final Explanation LOGIN_TOO_WEAK = error(
            "a login did not reach the level of authentication that a requested scope requires",
            "give the login flow the level (Authentication → Condition - Level of Authentication), map the ACR value to it (Realm "
                    + "settings → General → ACR to LoA Mapping), and let the client request no lower acr_values");

    static final Explanation PROVIDER_DISABLED = error(
            "a server option disables a provider without which no token for an MCP server can be issued",
            "remove the option spi-…-enabled=false of the provider that the reason names, and build the server again");

    static final Explanation BINDING_CHANGED = error(
            "another extension changed the audience of a token for an MCP server or added scopes, or took the place of the provider "
                    + "that binds tokens",
            "see the log for KCMCP-0008, and remove the extension that it names, or let it leave tokens with an MCP scope alone");

    static final Explanation ASSERTION_OF_ANOTHER_CLIENT = error(
            "a client redeemed an identity assertion that was issued to another client",
            "let the identity provider issue the assertion to the client that redeems it (claim client_id)");

    static final Explanation ASSERTION_MALFORMED = error(
            "an identity assertion lacks a claim, or has one that cannot be read",
            "let the identity provider write the claims that the reason names (iat, exp, aud, jti, resource, scope)");

    static final Explanation ASSERTION_NOT_SUPPORTED = error(
            "an assertion is signed in a way, has a type, or restricts the token in a way that is not supported",
            "let the identity provider sign with a key pair (RS, PS, ES or EdDSA), set typ to oauth-id-jag+jwt, and leave out cnf and "
                    + "authorization_details");

    static final Explanation ASSERTION_REUSABLE = error(
            "the identity provider is set to accept one assertion several times, so identity assertions are refused",
            "switch off Allow assertion reuse (Identity providers → the provider)");

    static final Explanation ASSERTION_SCOPE_MISMATCH = error(
            "an identity assertion approves no scope with which the client can use the MCP server",
            "let the identity provider approve a scope of the server (claim scope), and the client request it");

    static final Explanation ASSERTION_SERVER_NOT_TRUSTED = error(
            "an identity assertion is for an MCP server that its identity provider may not open",
            "add the server to servers in PUT …/mcp/identity-providers/{alias}, if its users may use it");

    static final Explanation SERVER_REMOVED = warning(
            "the MCP server of a refresh token is no longer declared, or its scope no longer grants access to it",
            "declare it again if it was removed by mistake; else the client has to log in again");

    static final Explanation REFRESH_NOT_BOUND = info(
            "a refresh token was issued before MCP was set up, and is not for any MCP server",
            "the client sends its user through login again; legacy-refresh-tokens can bind such tokens to defaultServer");

    static final Explanation ALIAS_REFUSED = warning(
            "an alias is an MCP server itself, names two servers, or names one that is not declared",
            "correct the alias: each one names exactly one declared server");

    static final Explanation DEFAULT_SERVER_UNKNOWN = warning(
            "the default MCP server is not one of the declared servers",
            "declare it, or set defaultServer to one that is");

    private TokenExplanations() {}
}
