package io.github.keycloakmcp.rule.assertion;

import java.util.Set;

/**
 * The scopes that the issuer of an assertion approved. A token carries what was requested <em>and</em> approved; without this
 * rule, an assertion for {@code read} yields everything that the client may request.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-oauth-identity-assertion-authz-grant-04">Identity Assertion
 *     JWT Authorization Grant</a>
 */
public sealed interface AssertedScopes {

    /** Tells whether the token may carry a scope. One that tokens do not show, such as {@code basic}, is no right of the user. */
    boolean keep(RequestedScope scope);

    /** Tells whether the token may carry a scope that is no client scope, which is {@code openid}. */
    boolean keepsNamed(String scope);

    /** The issuer names the scopes. */
    record Only(Set<String> names) implements AssertedScopes {

        public Only {
            names = Set.copyOf(names);
        }

        @Override
        public boolean keep(RequestedScope scope) {
            return !scope.shown() || names.contains(scope.name());
        }

        @Override
        public boolean keepsNamed(String scope) {
            return names.contains(scope);
        }
    }

    /**
     * The issuer names no scope: the least with which the server can be used. That is a scope for all servers, such as {@code
     * mcp:tools}, and what the client has by default. A server's own scopes, such as {@code calendar:write}, have to be named.
     */
    record Minimum() implements AssertedScopes {

        @Override
        public boolean keep(RequestedScope scope) {
            return !scope.shown() || (!scope.own() && (scope.byDefault() || scope.opensServers()));
        }

        @Override
        public boolean keepsNamed(String scope) {
            return false;
        }
    }

    /** The assertion is not about scopes. */
    record Any() implements AssertedScopes {

        @Override
        public boolean keep(RequestedScope scope) {
            return true;
        }

        @Override
        public boolean keepsNamed(String scope) {
            return true;
        }
    }
}
