package io.github.keycloakmcp.rule.assertion;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class WorkloadTrustTest {

    private static final String A = "https://a.example/mcp";
    private static final String B = "https://b.example/mcp";

    private static final Map<String, Object> CLAIMS = Map.of(
            "repository_owner_id",
            4711,
            "ref",
            "refs/heads/main",
            "protected",
            true,
            "aud",
            List.of("x"),
            "weight",
            1.5,
            "empty",
            "",
            "",
            Map.of("ref", "refs/heads/main"),
            "kubernetes.io",
            Map.of("namespace", "bots", "pod", Map.of("name", "triage-0")));

    static Stream<Arguments> claims() {
        return Stream.of(
                arguments("ref", "refs/heads/main", true),
                arguments("repository_owner_id", "4711", true),
                arguments("protected", "true", true),
                arguments("kubernetes.io.namespace", "bots", true),
                arguments("kubernetes.io.pod.name", "triage-0", true),
                arguments("ref", "refs/heads/Main", false),
                arguments("ref", "refs/heads/main ", false),
                arguments("ref", "refs/heads/*", false),
                arguments("ref", ".*", false),
                arguments("ref", "*", false),
                arguments("missing", "x", false),
                arguments("missing", "", false),
                arguments("empty", "", false),
                arguments("weight", "1.5", false),
                arguments("aud", "x", false),
                arguments("aud", "[x]", false),
                arguments("kubernetes.io", "{namespace=bots}", false),
                arguments("kubernetes.io.pod", "triage-0", false),
                arguments("kubernetes.io.namespace.x", "bots", false),
                arguments(".ref", "refs/heads/main", false));
    }

    @ParameterizedTest
    @MethodSource
    void claims(String claim, String value, boolean allowed) {
        Optional<Refusal> refusal = new WorkloadTrust(Map.of(claim, value), Set.of(A)).refuses(CLAIMS, List.of(A));
        assertThat(refusal.map(Refusal::code))
                .isEqualTo(allowed ? Optional.empty() : Optional.of(RefusalCode.WORKLOAD_NOT_TRUSTED));
    }

    @Test
    void everyClaimMustHaveItsValueAndTheClientIsNotToldWhichHasNot() {
        Refusal refusal = new WorkloadTrust(Map.of("ref", "refs/heads/main", "repository_owner_id", "1"), Set.of(A))
                .refuses(CLAIMS, List.of(A))
                .orElseThrow();
        assertThat(refusal.detail()).contains("repository_owner_id").doesNotContain("ref,");
        assertThat(refusal.description()).doesNotContain("repository_owner_id");
    }

    static Stream<Arguments> servers() {
        return Stream.of(
                arguments(Set.of(A), List.of(A), true),
                arguments(Set.of(A, B), List.of(B), true),
                arguments(Set.of(A), List.of(B), false),
                arguments(Set.of(A), List.of(A + "/"), false),
                arguments(Set.of(A), List.of(), false),
                arguments(Set.of(A, B), List.of(A, B), false),
                arguments(Set.of(), List.of(A), false),
                arguments(Set.of("*"), List.of(A), false));
    }

    @Test
    void aWorkloadIsToldWhichServerItMayNotUseAndThatItHasToNameOne() {
        WorkloadTrust trust = new WorkloadTrust(Map.of(), Set.of(A));
        assertThat(trust.refuses(CLAIMS, List.of()).orElseThrow().description()).contains("resource is missing");
        assertThat(trust.refuses(CLAIMS, List.of(B)).orElseThrow().description())
                .contains("may not use " + B);
    }

    @ParameterizedTest
    @MethodSource
    void servers(Set<String> trusted, List<String> requested, boolean allowed) {
        assertThat(new WorkloadTrust(Map.of(), trusted)
                        .refuses(CLAIMS, requested)
                        .map(Refusal::code))
                .isEqualTo(allowed ? Optional.empty() : Optional.of(RefusalCode.WORKLOAD_SERVER_REFUSED));
    }
}
