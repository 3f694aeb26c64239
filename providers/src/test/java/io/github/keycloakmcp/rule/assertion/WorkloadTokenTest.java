package io.github.keycloakmcp.rule.assertion;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.assertion.WorkloadToken.Workload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.RefusalCode.WORKLOAD_AUDIENCE_REFUSED;
import static io.github.keycloakmcp.rule.RefusalCode.WORKLOAD_TOKEN_EXPIRED;
import static io.github.keycloakmcp.rule.RefusalCode.WORKLOAD_TOKEN_MALFORMED;
import static io.github.keycloakmcp.rule.RefusalCode.WORKLOAD_TOKEN_NOT_SUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class WorkloadTokenTest {

    private static final String ENDPOINT = "https://auth.example/realms/mcp/protocol/openid-connect/token";
    private static final int NOW = 1_790_000_000;
    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS512", "ES256", "EdDSA"})
    void aTokenThatSaysEverythingIsAccepted(String algorithm) {
        assertThat(judge("", algorithm, false, Map.of()).decided())
                .contains(
                        new Workload("https://cluster.example", "system:serviceaccount:bots:triage", "id", NOW + 600));
        assertThat(judge("JWT", algorithm, false, Map.of("aud", ENDPOINT)).decided())
                .isPresent();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments(WORKLOAD_TOKEN_MALFORMED, "iss", null),
                arguments(WORKLOAD_TOKEN_MALFORMED, "iss", 7),
                arguments(WORKLOAD_TOKEN_MALFORMED, "sub", null),
                arguments(WORKLOAD_TOKEN_MALFORMED, "sub", " "),
                arguments(WORKLOAD_TOKEN_MALFORMED, "sub", "a\u0000b"),
                arguments(WORKLOAD_TOKEN_MALFORMED, "sub", "a".repeat(2049)),
                arguments(WORKLOAD_TOKEN_MALFORMED, "sub", List.of("system:serviceaccount:bots:triage")),
                arguments(WORKLOAD_TOKEN_MALFORMED, "jti", null),
                arguments(WORKLOAD_TOKEN_MALFORMED, "jti", Map.of()),
                arguments(WORKLOAD_TOKEN_MALFORMED, "iat", null),
                arguments(WORKLOAD_TOKEN_MALFORMED, "iat", "now"),
                arguments(WORKLOAD_TOKEN_MALFORMED, "iat", 1.5),
                arguments(WORKLOAD_TOKEN_MALFORMED, "exp", null),
                arguments(WORKLOAD_TOKEN_MALFORMED, "exp", Long.MAX_VALUE),
                arguments(WORKLOAD_TOKEN_MALFORMED, "exp", Long.MIN_VALUE),
                arguments(WORKLOAD_TOKEN_MALFORMED, "nbf", "soon"),
                arguments(WORKLOAD_AUDIENCE_REFUSED, "aud", null),
                arguments(WORKLOAD_AUDIENCE_REFUSED, "aud", "https://auth.example/realms/mcp"),
                arguments(WORKLOAD_AUDIENCE_REFUSED, "aud", ENDPOINT + "/"),
                arguments(WORKLOAD_AUDIENCE_REFUSED, "aud", List.of()),
                arguments(WORKLOAD_AUDIENCE_REFUSED, "aud", List.of(ENDPOINT, "https://vault.example")),
                arguments(WORKLOAD_AUDIENCE_REFUSED, "aud", List.of(List.of(ENDPOINT))),
                arguments(WORKLOAD_TOKEN_EXPIRED, "exp", NOW),
                arguments(WORKLOAD_TOKEN_MALFORMED, "exp", -1),
                arguments(WORKLOAD_TOKEN_EXPIRED, "exp", NOW + 3661),
                arguments(WORKLOAD_TOKEN_EXPIRED, "iat", NOW + 61),
                arguments(WORKLOAD_TOKEN_MALFORMED, "iat", -1),
                arguments(WORKLOAD_TOKEN_EXPIRED, "nbf", NOW + 61),
                arguments(WORKLOAD_TOKEN_NOT_SUPPORTED, "cnf", Map.of("jkt", "x")),
                arguments(WORKLOAD_TOKEN_NOT_SUPPORTED, "authorization_details", List.of()));
    }

    @ParameterizedTest
    @MethodSource
    void wrong(RefusalCode code, String claim, @Nullable Object value) {
        Map<String, Object> change = new HashMap<>();
        change.put(claim, value);
        assertRefused(judge("", "RS256", false, change), code, claim);
    }

    static Stream<Arguments> wrongTogether() {
        long year9999 = 253_402_300_799L;
        return Stream.of(
                arguments(WORKLOAD_TOKEN_EXPIRED, "exp", Map.of("iat", NOW - 86_400)),
                arguments(WORKLOAD_TOKEN_EXPIRED, "exp", Map.of("iat", 0)),
                arguments(WORKLOAD_TOKEN_EXPIRED, "exp", Map.of("exp", year9999)),
                arguments(WORKLOAD_TOKEN_MALFORMED, "exp", Map.of("exp", year9999 + 1)),
                arguments(WORKLOAD_TOKEN_EXPIRED, "iat", Map.of("iat", NOW + 61, "nbf", NOW)),
                arguments(WORKLOAD_TOKEN_EXPIRED, "nbf", Map.of("iat", NOW + 60, "nbf", NOW + 61)));
    }

    @ParameterizedTest
    @MethodSource
    void wrongTogether(RefusalCode code, String claim, Map<String, ?> changes) {
        assertRefused(judge("", "RS256", false, changes), code, claim);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub", "jti"})
    void namesMayHaveTheLengthOfASpiffeId(String claim) {
        assertThat(judge("", "RS256", false, Map.of(claim, "a".repeat(2048))).decided())
                .isPresent();
    }

    @Test
    void aTokenMayLiveAsLongAsAllowedAndAMinute() {
        assertThat(judge("", "RS256", false, Map.of("exp", NOW + 3660))
                        .decided()
                        .map(Workload::expires))
                .contains(NOW + 3660L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "NONE", "HS256", "HS512", "RS1", "rs256", "RSA-OAEP", "ES256K"})
    void otherAlgorithmsAreRefused(String algorithm) {
        assertRefused(judge("", algorithm, false, Map.of()), WORKLOAD_TOKEN_NOT_SUPPORTED, "alg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "oauth-id-jag+jwt", "dpop+jwt", "logout+jwt", "secevent+jwt", "Jwt "})
    void aTokenForAnotherPurposeIsRefused(String type) {
        assertRefused(judge(type, "RS256", false, Map.of()), WORKLOAD_TOKEN_NOT_SUPPORTED, "typ");
    }

    @Test
    void extensionsThatMustBeUnderstoodAreRefused() {
        assertRefused(judge("", "RS256", true, Map.of()), WORKLOAD_TOKEN_NOT_SUPPORTED, "crit");
    }

    @Test
    void clocksMayDifferByAMinute() {
        assertThat(judge("", "RS256", false, Map.of("iat", NOW + 60, "nbf", NOW + 60))
                        .decided())
                .isPresent();
    }

    private static void assertRefused(Verdict<Workload> verdict, RefusalCode code, String member) {
        Refusal refusal = verdict.reason().orElseThrow();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.error()).isEqualTo("invalid_grant");
        assertThat(refusal.detail()).isEqualTo("member " + member + " of the token");
    }

    private static Verdict<Workload> judge(String type, String algorithm, boolean critical, Map<String, ?> changes) {
        Map<String, Object> claims = new HashMap<>(Map.of(
                "iss",
                "https://cluster.example",
                "sub",
                "system:serviceaccount:bots:triage",
                "aud",
                List.of(ENDPOINT),
                "jti",
                "id",
                "iat",
                NOW,
                "exp",
                NOW + 600));
        claims.putAll(changes);
        claims.values().removeIf(Objects::isNull);
        return new WorkloadToken(type, algorithm, critical, claims).judge(Set.of(ENDPOINT), HOUR, NOW);
    }
}
