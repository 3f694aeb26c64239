package io.github.keycloakmcp.rule.resource;

import java.util.List;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;

/** Makes the errors for a request whose token would open no MCP server, though the request was for one. */
public final class UnopenedServer {

    private UnopenedServer() {}

    /** The user, or the machine client, has no role for the scopes. */
    public static Refusal withoutRole(List<String> scopes, List<String> roles) {
        return new Refusal(
                        RefusalCode.ROLE_MISSING,
                        "access_denied",
                        "no access with the scope " + Refusal.excerpt(String.join(" ", scopes))
                                + ": the account has no role for it",
                        "a role of the client scope that opens the MCP server is missing: "
                                + String.join(" or ", roles),
                        "RFC 6749 section 4.1.2.1")
                .lacking(String.join(" or ", roles));
    }

    /** The client may have a scope for MCP servers, and does not request it. */
    public static Refusal withoutScope(String resource, List<String> scopes) {
        return InvalidTarget.because(
                RefusalCode.SCOPE_NOT_REQUESTED,
                "resource " + Refusal.excerpt(resource) + " needs a scope that is not requested: "
                        + Refusal.excerpt(String.join(" ", scopes)),
                "resource named without the scope that opens it");
    }

    /** The client has no scope that opens the server, though the realm has one. */
    public static Refusal ofClient(String resource) {
        return InvalidTarget.because(
                RefusalCode.SCOPE_MISSING,
                "this client has no scope that grants access to " + Refusal.excerpt(resource),
                "the client lacks the client scope that opens the MCP server");
    }
}
