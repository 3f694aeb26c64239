package io.github.keycloakmcp.assertion;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.github.keycloakmcp.rule.Fuzz;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.assertion.Assertion;
import io.github.keycloakmcp.rule.assertion.WorkloadTrust;
import jakarta.ws.rs.core.MultivaluedHashMap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Assertions, and the tokens of workloads: both are judged before their signature is verified. An input is a header and claims
 * with a bar between them, or else a token as it is sent.
 */
class AssertionFuzzTest {

    private static final long NOW = 1_800_000_000L;
    private static final String ENDPOINT = "https://login.example/token";
    private static final String TIMES = "\"iat\":1799999990,\"exp\":1800000300,\"jti\":\"1\"";
    private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"1\",\"typ\":\"";

    @Test
    void anAssertionIsForItsPresenterAndLivesAnHour() {
        Fuzz.run(
                "assertion",
                List.of(
                        HEADER + Assertion.IDENTITY
                                + "\"}|{\"iss\":\"https://idp.example\",\"aud\":\"x\",\"client_id\":\"app\"," + TIMES
                                + ",\"resource\":\"https://mcp.example.com/mcp\",\"scope\":\"read write\"}",
                        HEADER + "JWT\"}|{\"aud\":[\"x\"]," + TIMES + ",\"resource\":[\"a\",1],\"scope\":null}",
                        "{\"alg\":\"HS256\"}|{\"cnf\":{},\"iat\":-1,\"exp\":18446744073709551616,\"jti\":\" \"}",
                        HEADER + Assertion.IDENTITY + "\"}|{\"aud\":\"x\",\"client_id\":\"app\",\"jti\":\"1\","
                                + "\"iat\":1799999990,\"exp\":18446744073709551617}",
                        "{\"alg\":\"none\",\"typ\":1}|null",
                        "e30.e30."),
                input -> read(token(input))
                        .map(assertion -> Fuzz.kind(assertion.grant("app", false, NOW), access -> {
                            assertThat(assertion.algorithm()).matches("(RS|PS|ES)(256|384|512)|EdDSA");
                            assertThat(assertion.claims()).doesNotContainKeys("cnf", "authorization_details");
                            assertThat(assertion.claims().getOrDefault("client_id", "app"))
                                    .isEqualTo("app");
                            if (assertion.type().equals(Assertion.IDENTITY)) {
                                assertThat(number(assertion, "exp")).isLessThanOrEqualTo(NOW + 3600);
                                assertThat(number(assertion, "iat")).isLessThanOrEqualTo(NOW + 60);
                                assertThat(assertion.claims()).containsKeys("aud", "jti", "client_id");
                            }
                            return assertion.type() + " " + access.servers().size() + " "
                                    + access.scopes().getClass().getSimpleName();
                        }))
                        .orElse("unreadable"));
    }

    @Test
    void aWorkloadsTokenIsForThisServerAloneAndLivesAsLongAsAllowed() {
        String claims = "\"iss\":\"https://cluster.example\",\"sub\":\"system:serviceaccount:a:b\"," + TIMES;
        Fuzz.run(
                "workload",
                List.of(
                        HEADER + "JWT\"}|{" + claims + ",\"aud\":\"" + ENDPOINT
                                + "\",\"kubernetes.io\":{\"namespace\":\"a\"}}",
                        HEADER + "\"}|{" + claims + ",\"aud\":[\"" + ENDPOINT
                                + "\"],\"nbf\":1800000030,\"a\":{\"b\":{\"c\":1}}}",
                        HEADER + "jwt\",\"crit\":[\"b64\"],\"b64\":false}|{" + claims + ",\"aud\":[1,\"x\"]}",
                        "{\"alg\":\"RS256\",\"alg\":\"none\"}|{\"exp\":1e400,\"iat\":0.5,\"iss\":\"\\u0000\"}",
                        "null|null",
                        "e30.e30."),
                input -> PresentedWorkload.read(token(input))
                        .map(read -> Fuzz.kind(
                                read.token().judge(Set.of(ENDPOINT), Duration.ofMinutes(10), NOW), workload -> {
                                    Map<String, Object> presented = read.token().claims();
                                    assertThat(workload.expires()).isBetween(NOW + 1, NOW + 60 + 600 + 60);
                                    assertThat(List.of(workload.issuer(), workload.subject(), workload.id()))
                                            .allMatch(text -> text.matches("[^\\p{Cntrl}]{1,2048}") && !text.isBlank());
                                    assertThat(presented.get("aud")).isIn(ENDPOINT, List.of(ENDPOINT));
                                    assertThat(read.token().critical()).isFalse();
                                    return trusted("a.b.c", presented) + trusted("kubernetes.io.namespace", presented);
                                }))
                        .orElse("unreadable"));
    }

    private static String trusted(String claim, Map<String, Object> presented) {
        String server = "https://mcp.example.com/mcp";
        Optional<Refusal> refusal =
                new WorkloadTrust(Map.of(claim, "a"), Set.of(server)).refuses(presented, List.of(server));
        return refusal.isEmpty() ? " trusted" : "";
    }

    private static Optional<Assertion> read(String token) {
        MultivaluedHashMap<String, String> form = new MultivaluedHashMap<>();
        form.putSingle("assertion", token);
        return PresentedAssertion.in(form);
    }

    private static double number(Assertion assertion, String claim) {
        return ((Number) Objects.requireNonNull(assertion.claims().get(claim))).doubleValue();
    }

    private static String token(String input) {
        int bar = input.indexOf('|');
        return bar < 0 ? input : base64(input.substring(0, bar)) + "." + base64(input.substring(bar + 1)) + ".c2ln";
    }

    private static String base64(String part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8));
    }
}
