package io.github.keycloakmcp.rule.resource;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.keycloakmcp.rule.Loopback;
import io.github.keycloakmcp.rule.Verdict;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every resource, and for every sequence of authorization, redemption and refreshes. */
class ResourcePropertiesTest {

    private static final List<String> POOL = List.of(
            "https://a.example/mcp",
            "https://b.example/mcp",
            "https://a.example/other",
            "https://c.example:8443",
            "http://localhost:3001/mcp");

    private static final List<String> SPELLINGS = List.of(
            "HTTPS://A.example/mcp",
            "https://b.example:443/mcp/",
            "https://c.example:8443/",
            "http://LOCALHOST:3001/mcp",
            "https://evil.example/mcp",
            "https://a.example/mcp#x",
            "nonsense",
            "");

    /** One token request: what is declared at that time, and what it asks for. */
    record Step(Set<String> declared, List<String> requested) {}

    @Property(tries = 5_000)
    void neverWidensAGrantWhateverIsRequested(
            @ForAll("requests") List<String> asked,
            @ForAll("steps") List<Step> steps,
            @ForAll("pool") String standard) {
        GrantedResources source = new GrantedResources.Authorized(asked);
        Set<String> granted = new TreeSet<>(POOL);
        for (Step step : steps) {
            McpServers servers = McpServers.declare(List.copyOf(step.declared()), standard, refusal -> {});
            Verdict<ResourceBinding> verdict = ResourceBinding.decide(servers, source, step.requested());
            if (verdict instanceof Verdict.Allowed<ResourceBinding> allowed) {
                ResourceBinding binding = allowed.value();
                assertThat(uris(binding.effective())).isNotEmpty().isSubsetOf(uris(binding.granted()));
                assertThat(uris(binding.granted())).isSubsetOf(step.declared()).isSubsetOf(granted);
                assertThat(binding.audience()).containsExactlyElementsOf(uris(binding.effective()));
                assertThat(binding.carried()).containsExactlyElementsOf(uris(binding.granted()));
                granted = uris(binding.granted());
                source = new GrantedResources.Carried(binding.carried());
            } else if (verdict instanceof Verdict.Refused<ResourceBinding> refused) {
                assertThat(refused.refusal().error()).isIn("invalid_target", "invalid_grant");
            }
        }
    }

    @Property(tries = 2_000)
    void givesAGrantWithoutUserExactlyWhatItNames(
            @ForAll("declarations") Set<String> declared, @ForAll("requests") List<String> requested) {
        McpServers servers = McpServers.declare(List.copyOf(declared), "", refusal -> {});
        Verdict<ResourceBinding> verdict = ResourceBinding.decide(servers, new GrantedResources.Immediate(), requested);
        if (verdict instanceof Verdict.Allowed<ResourceBinding> allowed) {
            assertThat(allowed.value().audience())
                    .isSubsetOf(declared)
                    .isEqualTo(allowed.value().carried());
            assertThat(allowed.value().audience()).hasSizeBetween(1, requested.size());
        }
    }

    @Property(tries = 5_000)
    void acceptsOnlyServersOnHttpsOrOnThisComputer(@ForAll("anything") String any) {
        if (ResourceIndicator.parse(any) instanceof Verdict.Allowed<ResourceIndicator> allowed) {
            URI canonical = URI.create(allowed.value().canonical());
            assertThat(allowed.value().written()).isEqualTo(any);
            assertThat(any).doesNotContain("#", "?", "\\", " ").matches("[\\x21-\\x7E]{1,2000}");
            assertThat(canonical.getRawUserInfo()).isNull();
            assertThat(canonical.getHost()).isLowerCase();
            assertThat("https".equals(canonical.getScheme()) || Loopback.isLoopback(canonical.getHost()))
                    .isTrue();
        }
    }

    @Property(tries = 2_000)
    void findsEveryDeclaredServerByItsCanonicalForm(@ForAll("anything") String any) {
        McpServers servers = McpServers.declare(List.of(any), "", refusal -> {});
        if (ResourceIndicator.parse(any) instanceof Verdict.Allowed<ResourceIndicator> allowed) {
            assertThat(servers.find(allowed.value().canonical()))
                    .isEqualTo(Verdict.allowed(new McpServer(allowed.value())));
        } else {
            assertThat(servers.isEmpty()).isTrue();
        }
    }

    @Provide
    Arbitrary<String> anything() {
        Arbitrary<String> pieces = Arbitraries.of(
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
        return Arbitraries.oneOf(
                Arbitraries.strings(),
                Arbitraries.strings().ofMaxLength(20).map(path -> "https://api.example/" + path),
                pieces.list().ofMaxSize(8).map(list -> String.join("", list)),
                pieces.list().ofMaxSize(5).map(list -> "https://api.example" + String.join("", list)),
                pieces.list().ofMaxSize(5).map(list -> "http://" + String.join("", list)));
    }

    @Provide
    Arbitrary<String> pool() {
        return Arbitraries.of(POOL);
    }

    @Provide
    Arbitrary<Set<String>> declarations() {
        return Arbitraries.of(POOL).set().ofMaxSize(POOL.size());
    }

    @Provide
    Arbitrary<List<String>> requests() {
        return Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.of(POOL)), Tuple.of(1, Arbitraries.of(SPELLINGS)))
                .list()
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(declarations(), requests())
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static Set<String> uris(Set<McpServer> servers) {
        return new TreeSet<>(servers.stream().map(McpServer::uri).toList());
    }
}
