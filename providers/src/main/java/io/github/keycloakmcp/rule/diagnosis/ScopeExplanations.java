package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.Refusal;

/** Explains why Keycloak refused the {@code scope} of an authorization request; it names the whole list and no reason. */
final class ScopeExplanations {

    private static final String OPENID = "openid";

    private ScopeExplanations() {}

    /**
     * Explains a refused scope.
     *
     * @param requested what the client sent
     * @param existing the names of the realm's client scopes
     */
    static Finding of(String requested, Set<String> existing) {
        if (requested.contains(",")) {
            return Finding.error(
                    "scope-malformed",
                    "a client separated scopes by commas: " + Refusal.excerpt(requested),
                    "the client has to separate them by single blanks (RFC 6749 section 3.3)");
        }
        List<String> unknown = Stream.of(requested.split(" "))
                .filter(scope -> !scope.isEmpty() && !scope.equals(OPENID) && !existing.contains(scope))
                .toList();
        if (!unknown.isEmpty()) {
            return Finding.error(
                    "scope-unknown",
                    "a client requested client scopes that do not exist in the realm: " + shown(unknown),
                    "remove them from scopes_supported of the MCP server (RFC 9728), or create them as client scopes and "
                            + "add them to the client");
        }
        if (requested.startsWith(" ") || requested.contains("  ")) {
            return Finding.error(
                    "scope-malformed",
                    "a client sent a scope with a leading blank, or with two blanks in a row",
                    "the client has to separate scopes by single blanks; an MCP server with an empty scopes_supported is "
                            + "often the cause: let it list its scopes, or leave the member out");
        }
        return Finding.error(
                "scope-not-assigned",
                "a client requested a scope that it does not have, out of: " + shown(List.of(requested.split(" "))),
                "add the scope to the client, as default or optional; self-registered clients get it by themselves if the "
                        + "client scope has Include in OpenID provider metadata");
    }

    private static String shown(List<String> scopes) {
        return scopes.stream().limit(10).map(Refusal::excerpt).collect(Collectors.joining(", "));
    }
}
