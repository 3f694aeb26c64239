package io.github.keycloakmcp.rule.registration;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** Whether a client may exist, and as what. */
class RegistrationRuleTest {

    private static final RegistrationRule RULE = new RegistrationRule(
            new RedirectUriRule(List.of(new TrustedHost("vscode.dev")), Set.of(), true, List.of(), false),
            new ScopeRule(Set.of("basic"), Set.of("phone"), Set.of("mcp:tools"), Set.of("mcp:tools")));

    @Test
    void acceptsAnOrdinaryClientOnAnyLoopbackPort() {
        AcceptedClient client = decidedBy(RULE.judge(Metadata.ordinary()));
        assertThat(client.redirectUris()).containsExactly(Metadata.CALLBACK, "http://localhost/callback");
    }

    @Test
    void assignsScopesByTheScopeRule() {
        assertThat(decidedBy(RULE.judge(Metadata.ordinary())).scopes())
                .isEqualTo(new AssignedScopes(
                        List.of("basic", "mcp:tools"), List.of("phone"), List.of("phone", "mcp:tools")));
    }

    @Test
    void addsNothingBesideARedirectUriOnTheWebAndNothingTwice() {
        List<String> uris = List.of("https://vscode.dev/redirect", "http://localhost/a", "http://localhost:1/a");
        assertThat(decidedBy(RULE.judge(Metadata.redirectedTo(uris))).redirectUris())
                .containsExactlyElementsOf(uris);
    }

    @Test
    void refusesAllRedirectUrisForOneThatIsNotAllowed() {
        assertRefused(
                RULE.judge(Metadata.redirectedTo(List.of(Metadata.CALLBACK, "https://evil.example/cb"))),
                "invalid_redirect_uri",
                "redirect_uris: host evil.example is not trusted by this realm");
    }

    @Test
    void takesOneToTwentyRedirectUris() {
        List<String> most = IntStream.range(0, RegistrationRule.MAX_REDIRECT_URIS)
                .mapToObj(i -> "https://vscode.dev/" + i)
                .toList();
        assertThat(decidedBy(RULE.judge(Metadata.redirectedTo(most))).redirectUris())
                .hasSize(RegistrationRule.MAX_REDIRECT_URIS);
        assertRefused(RULE.judge(Metadata.redirectedTo(List.of())), "invalid_redirect_uri", "contain 1 to 20 URIs");
        assertRefused(
                RULE.judge(Metadata.redirectedTo(Collections.nCopies(21, Metadata.CALLBACK))),
                "invalid_redirect_uri",
                "contain 1 to 20 URIs");
    }

    @Test
    void aLoopbackUriWithAndWithoutItsPortCountsOnce() {
        List<String> twentyTwice = Stream.concat(
                        IntStream.range(0, 20).mapToObj("http://localhost/%d"::formatted),
                        IntStream.range(0, 20).mapToObj("http://localhost:4711/%d"::formatted))
                .toList();
        assertThat(decidedBy(RULE.judge(Metadata.redirectedTo(twentyTwice))).redirectUris())
                .hasSize(40);
        List<String> oneMore = Stream.concat(twentyTwice.stream(), Stream.of("http://localhost/another"))
                .toList();
        assertRefused(RULE.judge(Metadata.redirectedTo(oneMore)), "invalid_redirect_uri", "contain 1 to 20 URIs");
    }

    @Test
    void takesUpToTwentyRedirectUrisAfterLogout() {
        decidedBy(RULE.judge(Metadata.redirectedAfterLogoutTo(List.of())));
        decidedBy(RULE.judge(Metadata.redirectedAfterLogoutTo(Collections.nCopies(20, "https://vscode.dev/bye"))));
        assertRefused(
                RULE.judge(Metadata.redirectedAfterLogoutTo(Collections.nCopies(21, "https://vscode.dev/bye"))),
                "invalid_redirect_uri",
                "post_logout_redirect_uris must contain at most 20 URIs");
    }

    @Test
    void judgesWhereAUserIsSentAfterLogoutTheSameWay() {
        decidedBy(RULE.judge(Metadata.redirectedAfterLogoutTo(List.of("https://vscode.dev/bye"))));
        assertRefused(
                RULE.judge(Metadata.redirectedAfterLogoutTo(List.of("https://evil.example/bye"))),
                "invalid_redirect_uri",
                "is not trusted by this realm");
        assertRefused(
                RULE.judge(Metadata.redirectedAfterLogoutTo(List.of("javascript:alert(1)"))),
                "invalid_redirect_uri",
                "absolute");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Claude Code (plugin:x)",
                "\u0412\u0435\u0440\u0430",
                "\u65e5\u672c\u8a9e",
                "\ud83d\ude80 Rocket",
                "a\u0301\u0301b",
                "<b>&\"'"
            })
    void acceptsAnyVisibleName(String name) {
        decidedBy(RULE.judge(Metadata.named(name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\rb",
                "a\tb",
                "a\u0000b",
                "a\u001bb",
                "a\u007fb",
                "a\u0085b",
                "a\u202eb",
                "a\u200bb",
                "a\u200db",
                "a\ufeffb",
                "a\u2028b",
                "a\u2029b",
                "a\u2066b",
                "a\ud800b",
                "a\u0378b",
                "a\udb40\udc41b",
                "Claude\u3164",
                "Claude\uffa0",
                "Cla\u1160ude",
                "\u115fClaude",
                "Cla\u2800ude",
                "Cla\u034fude",
                "Cla\ufe00ude",
                "Cla\u17b4ude",
                "Cla\ue000ude",
                "a\u0301\u0301\u0301b"
            })
    void refusesANameWithInvisibleCharacters(String name) {
        assertRefused(RULE.judge(Metadata.named(name)), "invalid_client_metadata", "client_name must have at most 255");
    }

    @Test
    void refusesANameLongerThanKeycloakStores() {
        decidedBy(RULE.judge(Metadata.named("x".repeat(RegistrationRule.MAX_NAME))));
        assertRefused(
                RULE.judge(Metadata.named("x".repeat(RegistrationRule.MAX_NAME + 1))),
                "invalid_client_metadata",
                "client_name must have at most 255");
    }

    @Test
    void asksEveryRule() {
        assertRefused(
                RULE.judge(Metadata.granted(Set.of("client_credentials"), Set.of("code"))),
                "invalid_client_metadata",
                "grant_types");
        assertRefused(
                RULE.judge(Metadata.linkedTo(Map.of("client_uri", "javascript:alert(1)"))),
                "invalid_client_metadata",
                "client_uri");
        assertRefused(
                RULE.judge(Metadata.fetchedFrom(Map.of("jwks_uri", "http://localhost/"))),
                "invalid_client_metadata",
                "jwks_uri");
    }
}
