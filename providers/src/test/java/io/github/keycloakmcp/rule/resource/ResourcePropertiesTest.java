package io.github.keycloakmcp.rule.resource;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.keycloakmcp.rule.Cases;
import io.github.keycloakmcp.rule.Chance;
import io.github.keycloakmcp.rule.Loopback;
import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every resource, and for every grant without a user. */
class ResourcePropertiesTest {

    private static final List<String> PIECES = List.of(
            "https",
            "http",
            "HTTPS",
            "ftp",
            ":",
            "//",
            "/",
            "api.example",
            "LOCALHOST",
            "127.0.0.1",
            "[::1]",
            "@",
            "#",
            "?",
            ":443",
            ":80",
            ":0",
            "%2e",
            "..",
            "\\",
            " ",
            "\n",
            "*",
            "mcp");

    /** What is declared, and what a token request asks for. */
    record Asked(Set<String> declared, List<String> requested) {}

    @Test
    void givesAGrantWithoutUserExactlyWhatItNames() {
        AtomicInteger given = new AtomicInteger();
        Cases.check(
                5_000,
                chance -> new Asked(chance.subset(Requests.POOL), Requests.resources(chance)),
                asked -> given.addAndGet(assertExactlyWhatItNames(asked)));
        assertThat(given).as("cases that say something").hasValueGreaterThan(500);
    }

    @Test
    void acceptsOnlyServersOnHttpsOrOnThisComputer() {
        AtomicInteger accepted = new AtomicInteger();
        Cases.check(10_000, ResourcePropertiesTest::anything, any -> {
            if (ResourceIndicator.parse(any) instanceof Verdict.Allowed<ResourceIndicator> allowed) {
                accepted.incrementAndGet();
                assertIsSafe(any, allowed.value());
            }
        });
        assertThat(accepted).as("cases that say something").hasValueGreaterThan(500);
    }

    @Test
    void findsEveryDeclaredServerByItsCanonicalForm() {
        Cases.check(5_000, ResourcePropertiesTest::anything, any -> {
            McpServers servers = McpServers.declare(ServersDeclaration.of(any), refusal -> {});
            assertThat(servers.isMcp()).isTrue();
            if (ResourceIndicator.parse(any) instanceof Verdict.Allowed<ResourceIndicator> allowed) {
                assertThat(servers.find(allowed.value().canonical()))
                        .isEqualTo(Verdict.allowed(new McpServer(allowed.value())));
            } else {
                assertThat(servers.find(any)).isInstanceOf(Verdict.Refused.class);
                assertThat(Requests.POOL).noneMatch(uri -> servers.find(uri) instanceof Verdict.Allowed<McpServer>);
            }
        });
    }

    private static int assertExactlyWhatItNames(Asked asked) {
        McpServers servers =
                McpServers.declare(ServersDeclaration.of(asked.declared().toArray(String[]::new)), refusal -> {});
        Verdict<ResourceBinding> verdict =
                ResourceBinding.decide(servers, new GrantedResources.Immediate(), asked.requested());
        if (!(verdict instanceof Verdict.Allowed<ResourceBinding> allowed)) {
            return 0;
        }
        Set<String> named = new TreeSet<>(asked.requested().stream()
                .map(uri -> Requests.SPELLINGS.getOrDefault(uri, uri))
                .toList());
        assertThat(allowed.value().audience())
                .isSubsetOf(asked.declared())
                .containsExactlyElementsOf(named)
                .isEqualTo(allowed.value().carried());
        assertThat(allowed.value().audience())
                .hasSizeBetween(1, asked.requested().size());
        return 1;
    }

    private static void assertIsSafe(String any, ResourceIndicator indicator) {
        URI canonical = URI.create(indicator.canonical());
        assertThat(indicator.written()).isEqualTo(any);
        assertThat(any).doesNotContain("#", "?", "\\", " ").matches("[\\x21-\\x7E]{1,2000}");
        assertThat(canonical.getRawUserInfo()).isNull();
        assertThat(canonical.getHost()).isLowerCase();
        assertThat("https".equals(canonical.getScheme()) || Loopback.isLoopback(canonical.getHost()))
                .isTrue();
    }

    private static String anything(Chance chance) {
        return switch (chance.upTo(4)) {
            case 0 -> chance.text(100);
            case 1 -> "https://api.example/" + chance.text(20);
            case 2 -> chance.joined(8, () -> chance.oneOf(PIECES));
            case 3 -> "https://api.example" + chance.joined(5, () -> chance.oneOf(PIECES));
            default -> "http://" + chance.joined(5, () -> chance.oneOf(PIECES));
        };
    }
}
