package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** What an administrator may change of a self-registered client after the rules were tightened. */
class ChangeRuleTest {

    private static final String GONE = "https://gone.example/cb";
    private static final String STILL = "https://vscode.dev/cb";
    private static final String LOOPBACK = "http://127.0.0.1:1/cb";

    /** Nothing but one host is trusted any more. */
    private static final ChangeRule RULE = new ChangeRule(new RegistrationRule(
            new RedirectUriRule(List.of(new TrustedHost("vscode.dev")), Set.of(), false, List.of(), false),
            new ScopeRule(Set.of("basic"), Set.of(), Set.of("mcp:tools"), Set.of("mcp:tools"))));

    /** It breaks the rules with a redirect URI, a key address and a grant. */
    private static final ClientMetadata BEFORE = client(
            "Before",
            List.of(GONE, LOOPBACK),
            Map.of("jwks_uri", "https://gone.example/keys"),
            Set.of("authorization_code", "client_credentials"));

    @Test
    void aClientThatBreaksTheRulesIsSavedAsItIs() {
        assertThat(decidedBy(RULE.judge(BEFORE, BEFORE)).redirectUris()).containsExactly(GONE, LOOPBACK);
    }

    @Test
    void itCanBeRenamedAndNarrowed() {
        ClientMetadata narrowed = client("After", List.of(GONE), Map.of(), Set.of("authorization_code"));
        assertThat(decidedBy(RULE.judge(BEFORE, narrowed)).redirectUris()).containsExactly(GONE);
    }

    @Test
    void itCanGetWhatTheRulesAllowNow() {
        ClientMetadata after = client("Before", List.of(GONE, STILL), BEFORE.fetched(), BEFORE.grantTypes());
        assertThat(decidedBy(RULE.judge(BEFORE, after)).redirectUris()).containsExactly(GONE, STILL);
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example/cb, invalid_redirect_uri, evil.example",
        "http://127.0.0.1:2/cb, invalid_redirect_uri, loopback",
        "https://vscode.dev/*, invalid_redirect_uri, ''"
    })
    void itGetsNoRedirectUriThatTheRulesRefuse(String uri, String error, String description) {
        ClientMetadata after = client("Before", List.of(GONE, uri), BEFORE.fetched(), BEFORE.grantTypes());
        assertRefused(RULE.judge(BEFORE, after), error, description);
    }

    /** As an administrator can have given it, or a realm file. */
    @Test
    void aClientWithTooManyRedirectUrisIsRenamedAndGetsNoMore() {
        List<String> many = IntStream.range(0, 25).mapToObj(n -> GONE + n).toList();
        ClientMetadata before = client("Before", many, Map.of(), Set.of("authorization_code"));
        ClientMetadata renamed = client("After", many, Map.of(), Set.of("authorization_code"));
        assertThat(decidedBy(RULE.judge(before, renamed)).redirectUris()).hasSize(25);
        List<String> oneMore = Stream.concat(many.stream(), Stream.of(STILL)).toList();
        assertRefused(
                RULE.judge(before, client("Before", oneMore, Map.of(), Set.of("authorization_code"))),
                "invalid_redirect_uri",
                "1 to 20");
    }

    @Test
    void aClientThatNeverHadARedirectUriIsRenamed() {
        ClientMetadata before = client("Before", List.of(), Map.of(), Set.of("authorization_code"));
        ClientMetadata renamed = client("After", List.of(), Map.of(), Set.of("authorization_code"));
        assertThat(decidedBy(RULE.judge(before, renamed)).redirectUris()).isEmpty();
    }

    @Test
    void itLosesNotItsLastRedirectUri() {
        assertRefused(
                RULE.judge(BEFORE, client("Before", List.of(), BEFORE.fetched(), BEFORE.grantTypes())),
                "invalid_redirect_uri",
                "1 to 20");
    }

    @Test
    void itGetsNoOtherGrantAndNoOtherAddressThatTheServerCalls() {
        assertRefused(
                RULE.judge(
                        BEFORE,
                        client("Before", List.of(GONE), BEFORE.fetched(), Set.of("authorization_code", "password"))),
                "invalid_client_metadata",
                "grant_types");
        assertRefused(
                RULE.judge(
                        BEFORE,
                        client("Before", List.of(GONE), Map.of("jwks_uri", "https://10.0.0.1/"), BEFORE.grantTypes())),
                "invalid_client_metadata",
                "jwks_uri");
    }

    @Test
    void itGetsNoNameOfAKnownClientAndNoneThatForgesAPage() {
        assertRefused(
                RULE.judge(BEFORE, client("Claude", List.of(GONE), BEFORE.fetched(), BEFORE.grantTypes())),
                "invalid_client_metadata",
                "Claude");
        assertRefused(
                RULE.judge(BEFORE, client("A\u202eB", List.of(GONE), BEFORE.fetched(), BEFORE.grantTypes())),
                "invalid_client_metadata",
                "client_name");
    }

    private static ClientMetadata client(
            String name, List<String> redirectUris, Map<String, String> fetched, Set<String> grants) {
        return new ClientMetadata(
                "", name, redirectUris, List.of(), Map.of(), fetched, grants, Set.of("code"), List.of());
    }
}
