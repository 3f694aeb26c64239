package io.github.keycloakmcp.rule.assertion;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.ScopeList;
import io.github.keycloakmcp.rule.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A JWT that a client presents in place of a user's approval, as far as it decides what the token may be. Keycloak checks who
 * signed it, for whom and until when; this rule decides what of it is a promise that has to be kept. An identity assertion
 * (ID-JAG) has to say everything that its profile demands; any other assertion is held to what it says.
 *
 * @param type the member {@code typ} of its header; empty where there is none
 * @param algorithm the member {@code alg} of its header
 * @param claims its claims, not yet verified
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-oauth-identity-assertion-authz-grant-04">Identity Assertion
 *     JWT Authorization Grant</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7523#section-3">RFC 7523, section 3</a>
 */
public record Assertion(String type, String algorithm, Map<String, Object> claims) {

    /** The type in the header of an identity assertion. */
    public static final String IDENTITY = "oauth-id-jag+jwt";

    /** Signatures with a key pair. What is signed with a shared secret, the client could have signed itself. */
    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    /** Types of other JWTs that are made to be presented; a token made for another purpose is not (RFC 8725 section 3.11). */
    private static final Set<String> PLAIN = Set.of("", "JWT", "authorization-grant+jwt");

    /** Claims that restrict the use of a token in ways that the token would not show. */
    private static final List<String> NOT_UNDERSTOOD = List.of("cnf", "authorization_details");

    /** How far the clocks of two servers may differ. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    /** How long an assertion may live. Keycloak refuses an older one, and remembers for as long that it was used. */
    private static final Duration LONGEST_LIFE = Duration.ofHours(1);

    private static final String SECTION = "RFC 7521 section 4.1";

    public Assertion {
        claims = Map.copyOf(claims);
    }

    /**
     * Decides what a client may get for the assertion.
     *
     * @param client the client that presents it
     * @param reusable whether the identity provider's setting lets one assertion be used twice
     * @param now seconds since 1970
     */
    public Verdict<AssertedAccess> grant(String client, boolean reusable, long now) {
        if (!ALGORITHMS.contains(algorithm)) {
            return refused(
                    RefusalCode.ASSERTION_NOT_SUPPORTED, "the assertion is not signed with RS, PS, ES or EdDSA", "alg");
        }
        if (!isIdentity() && !PLAIN.contains(type)) {
            return refused(
                    RefusalCode.ASSERTION_NOT_SUPPORTED, "JWTs of this type are not accepted as an assertion", "typ");
        }
        Object presenter = claims.get("client_id");
        if (presenter == null ? isIdentity() : !client.equals(presenter)) {
            return refused(
                    RefusalCode.ASSERTION_OF_ANOTHER_CLIENT, "the assertion was issued to another client", "client_id");
        }
        for (String claim : NOT_UNDERSTOOD) {
            if (claims.containsKey(claim)) {
                return refused(
                        RefusalCode.ASSERTION_NOT_SUPPORTED, "assertions with " + claim + " are not supported", claim);
            }
        }
        Optional<String> wrong = isIdentity() ? incomplete(now) : Optional.empty();
        if (wrong.isPresent()) {
            return refused(RefusalCode.ASSERTION_MALFORMED, "the assertion has no valid " + wrong.get(), wrong.get());
        }
        if (isIdentity() && reusable) {
            return Verdict.refused(new Refusal(
                    RefusalCode.ASSERTION_REUSABLE,
                    "invalid_grant",
                    "this authorization server accepts identity assertions from that issuer more than once, so it accepts none",
                    "setting Allow assertion reuse of the identity provider",
                    SECTION));
        }
        return access();
    }

    private boolean isIdentity() {
        return IDENTITY.equals(type);
    }

    /** What of an identity assertion is missing or cannot be; Keycloak asks for the others. */
    private Optional<String> incomplete(long now) {
        if (isNotBy(now + CLOCK_SKEW.toSeconds(), claims.get("iat"))) {
            return Optional.of("iat");
        }
        if (isNotBy(now + LONGEST_LIFE.toSeconds(), claims.get("exp"))) {
            return Optional.of("exp");
        }
        if (texts(claims.get("aud")).isEmpty()) {
            return Optional.of("aud");
        }
        return claims.get("jti") instanceof String id && !id.isBlank() ? Optional.empty() : Optional.of("jti");
    }

    /** Compared as floating point: a number beyond 64 bits would be a small or negative one. */
    private static boolean isNotBy(long latest, @Nullable Object time) {
        return !(time instanceof Number seconds) || seconds.doubleValue() > latest;
    }

    private Verdict<AssertedAccess> access() {
        Object resource = claims.get("resource");
        Optional<List<String>> servers = texts(resource);
        if (resource != null && servers.isEmpty()) {
            return refused(RefusalCode.ASSERTION_MALFORMED, "the assertion has no valid resource", "resource");
        }
        Object scope = claims.get("scope");
        Optional<Set<String>> scopes = texts(scope).map(texts -> ScopeList.names(String.join(" ", texts)));
        if (scope != null && scopes.isEmpty()) {
            return refused(RefusalCode.ASSERTION_MALFORMED, "the assertion has no valid scope", "scope");
        }
        AssertedScopes narrowed = scopes.<AssertedScopes>map(AssertedScopes.Only::new)
                .orElseGet(() -> isIdentity() ? new AssertedScopes.Minimum() : new AssertedScopes.Any());
        // An assertion that names no server was perhaps made for another purpose; its scopes are then not about MCP.
        return Verdict.allowed(new AssertedAccess(
                servers.orElse(List.of()), isIdentity() || resource != null ? narrowed : new AssertedScopes.Any()));
    }

    /** One text, or several in a list; empty where it is anything else. */
    private static Optional<List<String>> texts(@Nullable Object value) {
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(List.of(text));
        }
        return value instanceof List<?> list && !list.isEmpty() && list.stream().allMatch(String.class::isInstance)
                ? Optional.of(list.stream().map(String.class::cast).toList())
                : Optional.empty();
    }

    private static Verdict<AssertedAccess> refused(RefusalCode code, String description, String member) {
        return Verdict.refused(
                new Refusal(code, "invalid_grant", description, "member " + member + " of the assertion", SECTION));
    }
}
