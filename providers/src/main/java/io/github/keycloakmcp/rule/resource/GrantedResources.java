package io.github.keycloakmcp.rule.resource;

import java.util.List;

/**
 * Where a token request gets its granted resources from, which depends on its grant type alone.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8707#section-2.2">RFC 8707, section 2.2</a>
 */
public sealed interface GrantedResources {

    /** What an assertion grants; one that names no server leaves the choice to the request. */
    static GrantedResources asserted(List<String> approved) {
        return approved.isEmpty() ? new Immediate() : new Asserted(approved);
    }

    /** The URIs that the grant itself names, in any spelling. */
    default List<String> named() {
        return this instanceof Carried carried
                ? carried.declared()
                : this instanceof Asserted asserted ? asserted.approved() : List.of();
    }

    /**
     * The issuer of an assertion approved them.
     *
     * @param approved the {@code resource} values in the assertion, in any spelling; empty means the default server
     */
    record Asserted(List<String> approved) implements GrantedResources {}

    /**
     * They were decided before, and the grant carries them: what the user approved in the authorization code or the device
     * code, what an earlier token was bound to in the refresh token.
     *
     * @param declared the URIs as they were declared then; none, where nothing was decided
     */
    record Carried(List<String> declared) implements GrantedResources {}

    /** A refresh token that carries none: it was issued before this extension bound anything. */
    record Legacy() implements GrantedResources {}

    /**
     * Nothing was approved before: the token request itself is all there is (client credentials, token exchange,
     * assertions), so it may name any server that its scopes open.
     */
    record Immediate() implements GrantedResources {}

    /** A grant that cannot say which server a user approved (implicit, hybrid, CIBA and whatever is not known here). */
    record Unbindable() implements GrantedResources {}
}
