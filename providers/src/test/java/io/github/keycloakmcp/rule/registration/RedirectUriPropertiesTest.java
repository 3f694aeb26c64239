package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.keycloakmcp.rule.Cases;
import io.github.keycloakmcp.rule.Chance;
import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every string that somebody sends as a redirect URI; read by a plain pattern, not by the URI parser. */
class RedirectUriPropertiesTest {

    private static final RedirectUriRule REDIRECTS = new RedirectUriRule(
            List.of(
                    new TrustedHost("vscode.dev"),
                    new TrustedHost("*.apps.example"),
                    new TrustedHost("http://automation:5678")),
            Set.of("cursor"),
            true,
            List.of(),
            false);

    private static final RegistrationRule RULE =
            new RegistrationRule(REDIRECTS, new ScopeRule(Set.of(), Set.of(), Set.of(), Set.of()));

    private static final Pattern SHAPE = Pattern.compile("([a-z]+):(?://([^/?]*))?([/?].*)?");
    private static final Pattern TRUSTED = Pattern.compile("(vscode\\.dev|([a-z0-9-]+\\.)+apps\\.example)(:443)?");
    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:(0|[1-9]\\d{0,4}))?");

    private static final List<String> STARTS = List.of(
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

    private static final List<String> HOSTS = List.of(
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

    private static final List<String> JOINTS = List.of(
            ".", "@", ":", ":443", ":0443", ":8080", ":00080", ":99999", "%2e", "%2f", "%00", "\\", "#", "?", "/",
            "/..", "/cb", "*", " ", "\n", "\u0000", "\u202e", ";", "&", "//", "user@", ":80/");

    @Test
    void acceptsOnlyWhatThePolicyAllows() {
        AtomicInteger accepted = new AtomicInteger();
        Cases.check(20_000, RedirectUriPropertiesTest::anything, any -> {
            if (REDIRECTS.judge(any) instanceof Verdict.Allowed<RedirectUri> allowed) {
                accepted.incrementAndGet();
                assertThat(allowed.value().value()).isEqualTo(any);
                assertObeysThePolicy(any);
            }
        });
        assertThat(accepted).as("cases that say something").hasValueGreaterThan(500);
    }

    @Test
    void storesOnlyWhatThePolicyAllows() {
        Cases.check(20_000, RedirectUriPropertiesTest::anything, any -> {
            if (RULE.judge(Metadata.redirectedTo(List.of(any))) instanceof Verdict.Allowed<AcceptedClient> allowed) {
                assertThat(allowed.value().redirectUris())
                        .contains(any)
                        .allSatisfy(RedirectUriPropertiesTest::assertObeysThePolicy);
                assertThat(allowed.value().redirectUris())
                        .allMatch(uri -> REDIRECTS.judge(uri) instanceof Verdict.Allowed<RedirectUri>);
            }
        });
    }

    @Test
    void anAdministratorsClientLeaksNowhereByMistake() {
        AtomicInteger accepted = new AtomicInteger();
        Cases.check(20_000, RedirectUriPropertiesTest::anything, any -> {
            Verdict<List<String>> verdict = AdministeredClientRule.judge(List.of(any), "", false, REDIRECTS);
            if (verdict instanceof Verdict.Allowed && !any.startsWith("/")) {
                accepted.incrementAndGet();
                Matcher shape = SHAPE.matcher(any.toLowerCase(Locale.ROOT));
                assertThat(any).matches("[\\x21-\\x7E]{1,255}").doesNotContain("*", "#", "\\", "<", "\"");
                assertThat(shape.matches()).as(any).isTrue();
                assertThat(shape.group(1)).isNotIn("javascript", "data", "file");
                if (shape.group(1).equals("http")) {
                    assertThat(shape.group(2)).as(any).matches(LOOPBACK);
                }
            }
        });
        assertThat(accepted).as("cases that say something").hasValueGreaterThan(500);
    }

    @Test
    void whatIsStoredIsTheSameClientAsWhatWasAsked() {
        Cases.check(20_000, RedirectUriPropertiesTest::anything, any -> {
            ClientMetadata asked = Metadata.redirectedTo(List.of(any));
            if (RULE.judge(asked) instanceof Verdict.Allowed<AcceptedClient> allowed) {
                ClientMetadata stored = Metadata.redirectedTo(allowed.value().redirectUris());
                assertThat(RULE.judge(stored)).isEqualTo(allowed);
                if (!any.contains("127.")) {
                    assertThat(SharedClientId.of("r", stored, Map.of(), true))
                            .isEqualTo(SharedClientId.of("r", asked, Map.of(), true));
                }
            }
        });
    }

    @Test
    void neverThrowsWhateverStandsWhereAUriIsExpected() {
        Cases.check(5_000, RedirectUriPropertiesTest::anything, any -> {
            assertThat(RULE.judge(Metadata.named(any))).isNotNull();
            assertThat(RULE.judge(Metadata.redirectedAfterLogoutTo(List.of(any))))
                    .isNotNull();
            assertThat(RULE.judge(Metadata.linkedTo(Map.of("logo_uri", any)))).isNotNull();
            assertThat(RULE.judge(Metadata.fetchedFrom(Map.of("jwks_uri", any))))
                    .isNotNull();
            assertThat(TrustedHost.parse(any)).isNotNull();
        });
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

    private static String anything(Chance chance) {
        return switch (chance.upTo(3)) {
            case 0 -> chance.text(100);
            case 1 -> chance.oneOf(STARTS) + chance.text(30);
            case 2 -> chance.oneOf(STARTS) + mixed(chance);
            default -> chance.oneOf(STARTS) + chance.oneOf(HOSTS) + mixed(chance);
        };
    }

    private static String mixed(Chance chance) {
        return chance.joined(5, () -> chance.upTo(4) < 2 ? chance.oneOf(HOSTS) : chance.oneOf(JOINTS));
    }
}
