package io.github.keycloakmcp.rule.resource;

import java.util.List;

/**
 * Where a token request gets its granted resources from, which depends on its grant type alone.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8707#section-2.2">RFC 8707, section 2.2</a>
 */
public sealed interface GrantedResources {

    /**
     * Somebody approved them before: a user at the authorization endpoint (authorization code, device code), or the
     * issuer of an assertion.
     *
     * @param asked the {@code resource} values that were approved; empty means the default server
     */
    record Authorized(List<String> asked) implements GrantedResources {}

    /**
     * An earlier token request bound them and the refresh token carries them.
     *
     * @param bound the URIs in the refresh token
     */
    record Carried(List<String> bound) implements GrantedResources {}

    /** A refresh token that carries none: it was issued before this extension bound anything. */
    record Legacy() implements GrantedResources {}

    /**
     * Nobody approved anything before: the token request itself is all there is (client credentials, token exchange,
     * assertions), so it may name any server that its scopes open.
     */
    record Immediate() implements GrantedResources {}

    /** An assertion that was issued to another client than the one that presents it. */
    record Foreign() implements GrantedResources {}

    /** A grant that cannot say which server a user approved (implicit, hybrid, CIBA and whatever is not known here). */
    record Unbindable() implements GrantedResources {}
}
