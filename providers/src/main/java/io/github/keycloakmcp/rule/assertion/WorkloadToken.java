package io.github.keycloakmcp.rule.assertion;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * The token that a platform gives to a workload, presented in place of a client's authentication. This rule decides what of
 * it can be told without the key of the issuer; who signed it is checked afterwards, and only then who may use it.
 *
 * @param type the member {@code typ} of its header; empty where there is none
 * @param algorithm the member {@code alg} of its header
 * @param critical whether its header has extensions that must be understood
 * @param claims its claims
 * @see <a href="https://github.com/modelcontextprotocol/ext-auth">Workload Identity Federation (draft), JWT Requirements</a>
 */
public record WorkloadToken(String type, String algorithm, boolean critical, Map<String, Object> claims) {

    /** The longest token that is read. Those of Kubernetes and of CI systems have a quarter of it. */
    public static final int LONGEST = 8192;

    /** The year 9999: what is later, and what is before 1970, is no time (and would overflow). */
    private static final long LATEST = 253_402_300_799L;

    /** The longest issuer, subject or id; a SPIFFE ID has 2048 characters at most. */
    private static final int LONGEST_NAME = 2048;

    /** The standard that its refusals name. */
    static final String SECTION = "Workload Identity Federation (draft), JWT Validation";

    /** Signatures with a key pair. With a shared secret, the workload could have signed it itself. */
    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    /** A token made for another purpose says so in its type (RFC 8725 section 3.11). */
    private static final Set<String> TYPES = Set.of("", "JWT", "jwt");

    /** Claims that restrict the use of a token in ways that the access token would not show. */
    private static final List<String> NOT_UNDERSTOOD = List.of("cnf", "authorization_details");

    /** How far the clocks of two servers may differ. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    public WorkloadToken {
        claims = Map.copyOf(claims);
    }

    /**
     * What is known of a workload once its token is judged.
     *
     * @param issuer the issuer
     * @param subject the workload
     * @param id the id of the token
     * @param expires when the token expires, in seconds since 1970
     */
    public record Workload(String issuer, String subject, String id, long expires) {}

    /**
     * Decides whether the token is one that can be accepted now, by this authorization server.
     *
     * @param audiences what this authorization server is called: the URLs of its token endpoint
     * @param longest how long a token may live
     * @param now seconds since 1970
     */
    public Verdict<Workload> judge(Set<String> audiences, Duration longest, long now) {
        if (!ALGORITHMS.contains(algorithm)) {
            return unsupported("the token is not signed with RS, PS, ES or EdDSA", "alg");
        }
        if (!TYPES.contains(type)) {
            return unsupported("tokens of this type are not accepted", "typ");
        }
        if (critical) {
            return unsupported("header extensions are not supported", "crit");
        }
        for (String claim : NOT_UNDERSTOOD) {
            if (claims.containsKey(claim)) {
                return unsupported("tokens with " + claim + " are not supported", claim);
            }
        }
        for (String claim : List.of("iss", "sub", "jti")) {
            if (text(claim).isEmpty()) {
                return malformed(claim);
            }
        }
        Optional<Long> issued = seconds("iat");
        Optional<Long> expires = seconds("exp");
        if (issued.isEmpty() || expires.isEmpty()) {
            return malformed(issued.isEmpty() ? "iat" : "exp");
        }
        Optional<Long> begins = claims.containsKey("nbf") ? seconds("nbf") : issued;
        if (begins.isEmpty()) {
            return malformed("nbf");
        }
        if (!isFor(audiences)) {
            return refused(
                    RefusalCode.WORKLOAD_AUDIENCE_REFUSED,
                    "aud of the token must be the URL of this token endpoint, and nothing else",
                    "aud");
        }
        return inTime(issued.get(), begins.get(), expires.get(), longest, now)
                .then(valid -> Verdict.allowed(new Workload(
                        text("iss").orElse(""),
                        text("sub").orElse(""),
                        text("jti").orElse(""),
                        valid)));
    }

    private static Verdict<Long> inTime(long issued, long begins, long expires, Duration longest, long now) {
        if (expires <= now) {
            return late("the token has expired", "exp");
        }
        long latest = now + CLOCK_SKEW.toSeconds();
        if (issued > latest || begins > latest) {
            return late("the token is not valid yet", issued > latest ? "iat" : "nbf");
        }
        if (expires > issued + longest.toSeconds() + CLOCK_SKEW.toSeconds()) {
            return late("the token lives longer than " + longest.toSeconds() + " seconds", "exp");
        }
        return Verdict.allowed(expires);
    }

    /** For this authorization server alone: what is for others too, one of those could have sent. */
    private boolean isFor(Set<String> audiences) {
        Object audience = claims.get("aud");
        Object only = audience instanceof List<?> list && list.size() == 1 ? list.get(0) : audience;
        return only instanceof String text && audiences.contains(text);
    }

    private Optional<String> text(String claim) {
        return claims.get(claim) instanceof String text
                        && !text.isBlank()
                        && text.length() <= LONGEST_NAME
                        && text.chars().noneMatch(Character::isISOControl)
                ? Optional.of(text)
                : Optional.empty();
    }

    private Optional<Long> seconds(String claim) {
        return claims.get(claim) instanceof Number number
                        && (number instanceof Integer || number instanceof Long)
                        && number.longValue() >= 0
                        && number.longValue() <= LATEST
                ? Optional.of(number.longValue())
                : Optional.empty();
    }

    private static <T> Verdict<T> late(String description, String claim) {
        return refused(RefusalCode.WORKLOAD_TOKEN_EXPIRED, description, claim);
    }

    private static <T> Verdict<T> malformed(String claim) {
        return refused(RefusalCode.WORKLOAD_TOKEN_MALFORMED, "the token has no valid " + claim, claim);
    }

    private static <T> Verdict<T> unsupported(String description, String member) {
        return refused(RefusalCode.WORKLOAD_TOKEN_NOT_SUPPORTED, description, member);
    }

    private static <T> Verdict<T> refused(RefusalCode code, String description, String member) {
        return Verdict.refused(
                new Refusal(code, "invalid_grant", description, "member " + member + " of the token", SECTION));
    }
}
