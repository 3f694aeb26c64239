package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.keycloakmcp.rule.Verdict;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every string that somebody sends as a redirect URI; read by a plain pattern, not by the URI parser. */
class RedirectUriPropertiesTest {

    private static final RedirectUriRule REDIRECTS = new RedirectUriRule(
            List.of(new TrustedHost("vscode.dev"), new TrustedHost("*.apps.example")), Set.of("cursor"), true);

    private static final RegistrationRule RULE =
            new RegistrationRule(REDIRECTS, new ScopeRule(Set.of(), Set.of(), Set.of(), Set.of()));

    private static final Pattern SHAPE = Pattern.compile("([a-z]+):(?://([^/?]*))?([/?].*)?");
    private static final Pattern TRUSTED = Pattern.compile("(vscode\\.dev|([a-z0-9-]+\\.)+apps\\.example)(:0*443|:)?");
    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:\\d*)?");

    @Property(tries = 20_000)
    void acceptsOnlyWhatThePolicyAllows(@ForAll("anything") String any) {
        if (REDIRECTS.judge(any) instanceof Verdict.Allowed<RedirectUri> allowed) {
            assertThat(allowed.value().value()).isEqualTo(any);
            assertObeysThePolicy(any);
        }
    }

    @Property(tries = 20_000)
    void storesOnlyWhatThePolicyAllows(@ForAll("anything") String any) {
        if (RULE.judge(Metadata.redirectedTo(List.of(any))) instanceof Verdict.Allowed<AcceptedClient> allowed) {
            assertThat(allowed.value().redirectUris())
                    .contains(any)
                    .allSatisfy(RedirectUriPropertiesTest::assertObeysThePolicy);
            assertThat(allowed.value().redirectUris())
                    .allMatch(uri -> REDIRECTS.judge(uri) instanceof Verdict.Allowed<RedirectUri>);
        }
    }

    @Property(tries = 5_000)
    void neverThrowsWhateverStandsWhereAUriIsExpected(@ForAll("anything") String any) {
        assertThat(RULE.judge(Metadata.named(any))).isNotNull();
        assertThat(RULE.judge(Metadata.redirectedAfterLogoutTo(List.of(any)))).isNotNull();
        assertThat(RULE.judge(Metadata.linkedTo(Map.of("logo_uri", any)))).isNotNull();
        assertThat(RULE.judge(Metadata.fetchedFrom(Map.of("jwks_uri", any)))).isNotNull();
        assertThat(TrustedHost.parse(any)).isNotNull();
    }

    private static void assertObeysThePolicy(String uri) {
        assertThat(uri).matches("[\\x21-\\x7E]{1,255}").doesNotContain("*", "#", "\\", "<", "\"");
        Matcher shape = SHAPE.matcher(uri.toLowerCase(Locale.ROOT));
        assertThat(shape.matches()).as(uri).isTrue();
        String authority = shape.group(2) == null ? "" : shape.group(2);
        assertThat(authority).as(uri).doesNotContain("@");
        switch (shape.group(1)) {
            case "https" -> assertThat(authority).as(uri).matches(TRUSTED);
            case "http" -> assertThat(authority).as(uri).matches(LOOPBACK);
            default -> assertThat(shape.group(1)).as(uri).isEqualTo("cursor");
        }
    }

    @Provide
    Arbitrary<String> anything() {
        Arbitrary<String> starts = Arbitraries.of(
                "https://",
                "http://",
                "HTTPS://",
                "https:",
                "http:/",
                "https:///",
                "cursor://",
                "cursor:/",
                "cursor:",
                "javascript:",
                "javascript://",
                "data:",
                "file:///",
                "//",
                "");
        Arbitrary<String> hosts = Arbitraries.of(
                "vscode.dev",
                "VSCODE.dev",
                "a.apps.example",
                "apps.example",
                "evil.example",
                "localhost",
                "127.0.0.1",
                "127.1",
                "[::1]",
                "[::2]",
                "0177.0.0.1",
                "2130706433",
                "vsc\u043ede.dev",
                "");
        Arbitrary<String> joints = Arbitraries.of(
                ".", "@", ":", ":443", ":0443", ":8080", ":00080", ":99999", "%2e", "%2f", "%00", "\\", "#", "?", "/",
                "/..", "/cb", "*", " ", "\n", "\u0000", "\u202e", ";", "&", "//", "user@", ":80/");
        Arbitrary<String> mixed = Arbitraries.frequencyOf(Tuple.of(2, hosts), Tuple.of(3, joints))
                .list()
                .ofMaxSize(5)
                .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(
                Arbitraries.strings(),
                starts.flatMap(start -> Arbitraries.strings().ofMaxLength(30).map(rest -> start + rest)),
                starts.flatMap(start -> mixed.map(rest -> start + rest)),
                starts.flatMap(start -> hosts.flatMap(host -> mixed.map(rest -> start + host + rest))));
    }
}
