package io.github.keycloakmcp.rule.assertion;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AssertionTest {

    private static final String CLIENT = "assistant";
    private static final String SERVER = "https://a.example/mcp";
    private static final long NOW = 1_800_000_000L;

    /** A time whose last 64 bits are the number 1. */
    private static final BigInteger BEYOND = BigInteger.ONE.shiftLeft(64).add(BigInteger.ONE);

    @Test
    void anIdentityAssertionApprovesItsServersAndScopes() {
        assertThat(granted(identity(Map.of("resource", SERVER, "scope", "read  write"))))
                .isEqualTo(new AssertedAccess(List.of(SERVER), new AssertedScopes.Only(Set.of("read", "write"))));
        assertThat(granted(identity(Map.of("resource", List.of(SERVER, "b"), "scope", List.of("read", "write")))))
                .isEqualTo(new AssertedAccess(List.of(SERVER, "b"), new AssertedScopes.Only(Set.of("read", "write"))));
    }

    @Test
    void whatItDoesNotNameIsTheLeast() {
        assertThat(granted(identity(Map.of()))).isEqualTo(new AssertedAccess(List.of(), new AssertedScopes.Minimum()));
    }

    @Test
    void anotherAssertionIsHeldToItsScopesOnlyWhereItNamesAServer() {
        Map<String, Object> scope = Map.of("scope", "read");
        assertThat(granted(new Assertion("JWT", "ES256", scope)))
                .isEqualTo(new AssertedAccess(List.of(), new AssertedScopes.Any()));
        assertThat(granted(new Assertion("", "RS256", Map.of("scope", "read", "resource", SERVER))))
                .isEqualTo(new AssertedAccess(List.of(SERVER), new AssertedScopes.Only(Set.of("read"))));
        assertThat(granted(new Assertion("JWT", "RS256", Map.of("resource", SERVER))))
                .isEqualTo(new AssertedAccess(List.of(SERVER), new AssertedScopes.Any()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
    void signaturesOfKeyPairsAreSupported(String algorithm) {
        assertThat(granted(new Assertion("JWT", algorithm, Map.of())).servers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "None", "HS256", "HS384", "HS512", "rs256", "RS1", "ES256K", "RSA-OAEP"})
    void otherSignaturesAreNot(String algorithm) {
        assertRefused(
                new Assertion("JWT", algorithm, Map.of()), RefusalCode.ASSERTION_NOT_SUPPORTED, "not signed with");
    }

    @ParameterizedTest
    @CsvSource({"oauth-id-jag+jwt", "JWT", "''"})
    void noAssertionIsForAnotherClient(String type) {
        for (Object other : List.of("other", "Assistant", "assistant ", "", 1, List.of(CLIENT))) {
            assertRefused(
                    new Assertion(type, "RS256", with(Map.of("client_id", other))),
                    RefusalCode.ASSERTION_OF_ANOTHER_CLIENT,
                    "another client");
        }
    }

    @Test
    void anIdentityAssertionNamesItsClient() {
        assertRefused(
                new Assertion(Assertion.IDENTITY, "RS256", Map.of("iat", NOW, "jti", "1")),
                RefusalCode.ASSERTION_OF_ANOTHER_CLIENT,
                "another client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cnf", "authorization_details"})
    void whatIsNotUnderstoodIsRefused(String claim) {
        for (Object value : List.of("", "x", Map.of(), List.of(), false)) {
            assertRefused(identity(Map.of(claim, value)), RefusalCode.ASSERTION_NOT_SUPPORTED, claim);
            assertRefused(
                    new Assertion("JWT", "RS256", Map.of(claim, value)), RefusalCode.ASSERTION_NOT_SUPPORTED, claim);
        }
    }

    @Test
    void anIdentityAssertionSaysWhenItWasIssued() {
        for (Object wrong : List.of("", "1800000000", true, List.of(NOW), NOW + 61, Long.MAX_VALUE, 1.0e30, BEYOND)) {
            assertRefused(identity(Map.of("iat", wrong)), RefusalCode.ASSERTION_MALFORMED, "iat");
        }
        Map<String, Object> without = with(Map.of());
        without.remove("iat");
        assertRefused(new Assertion(Assertion.IDENTITY, "RS256", without), RefusalCode.ASSERTION_MALFORMED, "iat");
        assertThat(granted(identity(Map.of("iat", NOW + 60))).servers()).isEmpty();
        assertThat(granted(new Assertion("JWT", "RS256", Map.of())).servers()).isEmpty();
    }

    @Test
    void anIdentityAssertionEndsSoonAndIsForSomebody() {
        for (Object wrong : List.of("", "soon", true, NOW + 3_601, Long.MAX_VALUE, 1.0e30, BEYOND)) {
            assertRefused(identity(Map.of("exp", wrong)), RefusalCode.ASSERTION_MALFORMED, "exp");
        }
        for (Object wrong : List.of("", 0, true, Map.of(), List.of(), List.of(1))) {
            assertRefused(identity(Map.of("aud", wrong)), RefusalCode.ASSERTION_MALFORMED, "aud");
        }
        assertThat(granted(identity(Map.of("exp", NOW + 3_600))).servers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "secevent+jwt", "logout+jwt", "dpop+jwt", "jwt ", "OAUTH-ID-JAG+JWT", "1"})
    void aTokenForAnotherPurposeIsNoAssertion(String type) {
        assertRefused(new Assertion(type, "RS256", with(Map.of())), RefusalCode.ASSERTION_NOT_SUPPORTED, "type");
    }

    @Test
    void anIdentityAssertionHasAnId() {
        for (Object wrong : List.of("", " ", 1, true, List.of("x"))) {
            assertRefused(identity(Map.of("jti", wrong)), RefusalCode.ASSERTION_MALFORMED, "jti");
        }
        Map<String, Object> without = with(Map.of());
        without.remove("jti");
        assertRefused(new Assertion(Assertion.IDENTITY, "RS256", without), RefusalCode.ASSERTION_MALFORMED, "jti");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resource", "scope"})
    void aClaimThatCannotBeReadIsNotPassedOver(String claim) {
        List<Object> wrong = new ArrayList<>(List.of("", " ", 1, true, Map.of(), List.of(), List.of("x", 1)));
        wrong.add(List.of(List.of("x")));
        for (Object value : wrong) {
            assertRefused(identity(Map.of(claim, value)), RefusalCode.ASSERTION_MALFORMED, claim);
            assertRefused(new Assertion("JWT", "RS256", Map.of(claim, value)), RefusalCode.ASSERTION_MALFORMED, claim);
        }
    }

    @Test
    void anIdentityAssertionIsUsedOnce() {
        Refusal refusal = identity(Map.of()).grant(CLIENT, true, NOW).reason().orElseThrow();
        assertThat(refusal.code()).isEqualTo(RefusalCode.ASSERTION_REUSABLE);
        assertThat(refusal.detail()).contains("Allow assertion reuse");
        assertThat(new Assertion("JWT", "RS256", Map.of())
                        .grant(CLIENT, true, NOW)
                        .decided())
                .isPresent();
    }

    @Test
    void onlyWhatWasApprovedIsKept() {
        AssertedScopes only = new AssertedScopes.Only(Set.of("read", "openid"));
        assertThat(only.keep(scope("read", true, false, true, true))).isTrue();
        assertThat(only.keep(scope("write", true, true, true, true))).isFalse();
        assertThat(only.keep(scope("profile", true, true, false, false))).isFalse();
        assertThat(only.keep(scope("basic", false, true, false, false)))
                .as("never shown")
                .isTrue();
        assertThat(only.keepsNamed("openid")).isTrue();
        assertThat(new AssertedScopes.Only(Set.of("read")).keepsNamed("openid")).isFalse();
    }

    @Test
    void theLeastIsWhatTheClientHasAnywayAndAScopeForAllServers() {
        AssertedScopes least = new AssertedScopes.Minimum();
        assertThat(least.keep(scope("mcp:tools", true, false, true, false))).isTrue();
        assertThat(least.keep(scope("profile", true, true, false, false))).isTrue();
        assertThat(least.keep(scope("basic", false, false, false, false))).isTrue();
        assertThat(least.keep(scope("email", true, false, false, false)))
                .as("optional")
                .isFalse();
        assertThat(least.keep(scope("calendar:write", true, false, true, true))).isFalse();
        assertThat(least.keep(scope("calendar:read", true, true, true, true)))
                .as("by default")
                .isFalse();
        assertThat(least.keepsNamed("openid")).isFalse();
    }

    @Test
    void anAssertionThatIsNotAboutScopesLeavesThem() {
        AssertedScopes any = new AssertedScopes.Any();
        assertThat(any.keep(scope("calendar:write", true, false, true, true))).isTrue();
        assertThat(any.keepsNamed("openid")).isTrue();
    }

    private static RequestedScope scope(String name, boolean shown, boolean byDefault, boolean opens, boolean own) {
        return new RequestedScope(name, shown, byDefault, opens, own);
    }

    private static Assertion identity(Map<String, Object> more) {
        return new Assertion(Assertion.IDENTITY, "RS256", with(more));
    }

    private static Map<String, Object> with(Map<String, Object> more) {
        Map<String, Object> claims = new HashMap<>(
                Map.of("client_id", CLIENT, "iat", NOW, "exp", NOW + 60, "aud", "https://as.example", "jti", "1"));
        claims.putAll(more);
        return claims;
    }

    private static AssertedAccess granted(Assertion assertion) {
        return assertion.grant(CLIENT, false, NOW).decided().orElseThrow();
    }

    private static void assertRefused(Assertion assertion, RefusalCode code, String words) {
        Refusal refusal = assertion.grant(CLIENT, false, NOW).reason().orElseThrow();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.error()).isEqualTo("invalid_grant");
        assertThat(refusal.description()).contains(words);
    }
}
