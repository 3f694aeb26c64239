package io.github.keycloakmcp.rule.resource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.keycloakmcp.rule.Cases;
import io.github.keycloakmcp.rule.Chance;
import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every sequence of authorization, redemption and refreshes, whatever an administrator changes. */
class GrantPropertiesTest {

    /** One token request: what is declared at that time, which of it is a client, and what it asks for. */
    record Step(Set<String> declared, boolean opensClients, Set<String> clients, List<String> requested) {}

    /** A whole grant, from what a user is asked to approve to its last refresh. */
    record Grant(GrantedResources source, String standard, List<Step> steps) {}

    @Test
    void neverWidensAGrantWhateverIsRequested() {
        AtomicInteger tokens = new AtomicInteger();
        Cases.check(10_000, GrantPropertiesTest::grant, grant -> tokens.addAndGet(assertNeverWidens(grant)));
        assertThat(tokens).as("tokens that say something").hasValueGreaterThan(2_000);
    }

    private static int assertNeverWidens(Grant grant) {
        int tokens = 0;
        GrantedResources source = grant.source();
        Set<String> granted = new TreeSet<>(Requests.POOL);
        for (Step step : grant.steps()) {
            Verdict<ResourceBinding> verdict =
                    ResourceBinding.decide(servers(step, grant.standard()), source, step.requested());
            if (verdict instanceof Verdict.Allowed<ResourceBinding> allowed) {
                assertBound(allowed.value(), step, granted);
                granted = uris(allowed.value().granted());
                source = new GrantedResources.Carried(allowed.value().carried());
                tokens++;
            } else if (verdict instanceof Verdict.Refused<ResourceBinding> refused) {
                assertThat(refused.refusal().error()).isIn("invalid_target", "invalid_grant");
            }
        }
        return tokens;
    }

    /** effective ⊆ granted ⊆ catalogue, and granted ⊆ what was granted before. */
    private static void assertBound(ResourceBinding binding, Step step, Set<String> granted) {
        Set<String> catalogue = new HashSet<>(step.declared());
        if (step.opensClients()) {
            catalogue.addAll(step.clients());
        }
        assertThat(uris(binding.effective())).isNotEmpty().isSubsetOf(uris(binding.granted()));
        assertThat(uris(binding.granted())).isSubsetOf(catalogue).isSubsetOf(granted);
        assertThat(binding.resources()).containsExactlyElementsOf(uris(binding.effective()));
        assertThat(binding.carried()).containsExactlyElementsOf(uris(binding.granted()));
        List<String> audience = new ArrayList<>(uris(binding.effective()));
        audience.stream().filter(step.clients()::contains).toList().forEach(uri -> audience.add("client of " + uri));
        assertThat(binding.audience()).isSorted().containsExactlyInAnyOrderElementsOf(audience);
    }

    private static McpServers servers(Step step, String standard) {
        ServersDeclaration declaration =
                new ServersDeclaration(List.copyOf(step.declared()), Map.of(), standard, step.opensClients(), true);
        McpServers servers = McpServers.declare(declaration, refusal -> {});
        return lookedUp(servers, step);
    }

    /** As a request does it: what it names and what may have been granted, in every spelling. */
    private static McpServers lookedUp(McpServers servers, Step step) {
        List<String> concerned = new ArrayList<>(Requests.POOL);
        concerned.addAll(Requests.SPELLINGS.keySet());
        concerned.addAll(step.requested());
        Map<String, McpServer> found = new HashMap<>();
        servers.clientsBehind(concerned)
                .forEach(lookup -> client(step, lookup.resource())
                        .ifPresent(client -> found.put(lookup.resource().canonical(), client)));
        return servers.with(found);
    }

    private static Optional<McpServer> client(Step step, ResourceIndicator resource) {
        for (String uri : step.clients()) {
            if (ResourceIndicator.parse(uri) instanceof Verdict.Allowed<ResourceIndicator> own
                    && own.value().names(resource)) {
                return Optional.of(new McpServer(own.value(), new McpServer.Client("client of " + uri, "")));
            }
        }
        return Optional.empty();
    }

    private static Grant grant(Chance chance) {
        GrantedResources source = chance.upTo(4) > 0
                ? new GrantedResources.Asserted(Requests.resources(chance))
                : new GrantedResources.Legacy();
        List<Step> steps = chance.list(5, () -> step(chance));
        steps.add(step(chance));
        return new Grant(source, chance.oneOf(Requests.POOL), steps);
    }

    private static Step step(Chance chance) {
        return new Step(
                chance.subset(Requests.POOL),
                chance.oneOf(true, false),
                chance.subset(Requests.POOL),
                Requests.resources(chance));
    }

    private static Set<String> uris(Set<McpServer> servers) {
        return new TreeSet<>(servers.stream().map(McpServer::uri).toList());
    }
}
