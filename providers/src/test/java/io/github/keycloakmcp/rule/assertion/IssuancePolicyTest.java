package io.github.keycloakmcp.rule.assertion;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class IssuancePolicyTest {

    private static final String ISSUER = "https://auth.example/realms/mcp";
    private static final String A = "https://a.example/mcp";
    private static final String B = "https://b.example/mcp";
    private static final IssuancePolicy POLICY = new IssuancePolicy(
            ISSUER,
            "assistant-there",
            List.of(A, B),
            List.of("read", "write"),
            Map.of(B, "engineer", "write", "chief"));

    @Test
    void aRequestThatNamesNothingIsForAllThatClientAndUserMayHave() {
        assertThat(issued(List.of(), Set.of(), "engineer", "chief")).isEqualTo(access(List.of(A, B), "read", "write"));
        assertThat(issued(List.of(), Set.of())).isEqualTo(access(List.of(A), "read"));
    }

    @Test
    void scopesAreThoseRequestedAndPermitted() {
        assertThat(issued(List.of(A), Set.of("read", "delete"))).isEqualTo(access(List.of(A), "read"));
        assertThat(issued(List.of(A), Set.of("read", "write"))).isEqualTo(access(List.of(A), "read"));
    }

    @Test
    void theAssertionSpellsTheServerAsTheAdministratorDoes() {
        assertThat(issued(List.of(A + "/"), Set.of("read"))).isEqualTo(access(List.of(A), "read"));
    }

    @Test
    void withoutServersInThePolicyTheAssertionNamesNone() {
        IssuancePolicy open = new IssuancePolicy(ISSUER, "x", List.of(), List.of("read"), Map.of());
        assertThat(open.issue(List.of(), Set.of(), role -> false).decided())
                .contains(new IssuedAccess(ISSUER, "x", List.of(), List.of("read")));
        assertThat(refusal(open.issue(List.of(A), Set.of(), role -> true)).error())
                .isEqualTo("invalid_target");
    }

    @ParameterizedTest
    @CsvSource({
        "https://c.example/mcp, read, invalid_target, ASSERTION_TARGET_REFUSED, ''",
        "https://a.example/MCP, read, invalid_target, ASSERTION_TARGET_REFUSED, ''",
        "https://b.example/mcp, read, access_denied, ROLE_MISSING, engineer",
        "https://a.example/mcp, write, access_denied, ROLE_MISSING, chief",
        "https://a.example/mcp, delete, invalid_scope, ASSERTION_SCOPE_REFUSED, ''",
    })
    void whatThePolicyDoesNotAllowIsRefused(String server, String scope, String error, RefusalCode code, String role) {
        Refusal refusal = refusal(POLICY.issue(List.of(server), Set.of(scope), any -> false));
        assertThat(refusal.error()).isEqualTo(error);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.role()).isEqualTo(role);
    }

    @Test
    void oneServerThatIsNotAllowedRefusesTheOthersToo() {
        assertThat(refusal(POLICY.issue(List.of(A, B), Set.of(), any -> false)).role())
                .isEqualTo("engineer");
    }

    @Test
    void aUserWithoutAnyServerOrTheRoleOfTheAuthorizationServerGetsNone() {
        IssuancePolicy single = new IssuancePolicy(ISSUER, "x", List.of(B), List.of("read"), Map.of(B, "engineer"));
        assertThat(refusal(single.issue(List.of(), Set.of(), any -> false)).role())
                .isEqualTo("engineer");
        IssuancePolicy closed = new IssuancePolicy(ISSUER, "x", List.of(A), List.of("read"), Map.of(ISSUER, "staff"));
        assertThat(refusal(closed.issue(List.of(A), Set.of(), any -> false)).role())
                .isEqualTo("staff");
    }

    @Test
    void aClientForWhichNoScopeIsPermittedGetsNone() {
        IssuancePolicy none = new IssuancePolicy(ISSUER, "x", List.of(A), List.of(), Map.of());
        assertThat(refusal(none.issue(List.of(A), Set.of(), any -> true)).code())
                .isEqualTo(RefusalCode.ASSERTION_SCOPE_REFUSED);
    }

    @Test
    void aRequestIsForOneAuthorizationServerOfTheClient() {
        List<IssuancePolicy> policies = List.of(POLICY);
        assertThat(IssuancePolicy.at(policies, List.of(ISSUER)).decided()).contains(POLICY);
        assertThat(IssuancePolicy.at(policies, List.of(ISSUER + "/")).decided()).contains(POLICY);
        assertThat(refusal(IssuancePolicy.at(policies, List.of())).error()).isEqualTo("invalid_request");
        assertThat(refusal(IssuancePolicy.at(policies, List.of(ISSUER, A))).error())
                .isEqualTo("invalid_target");
        assertThat(refusal(IssuancePolicy.at(policies, List.of(A))).error()).isEqualTo("invalid_target");
        assertThat(refusal(IssuancePolicy.at(List.of(), List.of(ISSUER))).error())
                .isEqualTo("invalid_target");
    }

    private static IssuedAccess issued(List<String> resources, Set<String> scopes, String... roles) {
        return POLICY.issue(resources, scopes, List.of(roles)::contains)
                .orThrow(refusal -> new IllegalStateException(refusal.description()));
    }

    private static IssuedAccess access(List<String> servers, String... scopes) {
        return new IssuedAccess(ISSUER, "assistant-there", servers, List.of(scopes));
    }

    private static Refusal refusal(Verdict<?> verdict) {
        return verdict.reason().orElseThrow();
    }
}
