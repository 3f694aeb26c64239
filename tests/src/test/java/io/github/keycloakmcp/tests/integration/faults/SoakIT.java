package io.github.keycloakmcp.tests.integration.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.keycloakmcp.tests.cost.JavaMemory;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.KeycloakCluster;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes under the mixed load for {@code -Dsoak.minutes=30}: neither memory nor threads grow. The load is low, and what it
 * creates ends while it runs: a realm of 200 never-used clients, logins that expire after five minutes.
 */
@EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
@EnabledIfSystemProperty(named = "soak.minutes", matches = "\\d+")
class SoakIT {

    private static final Path CURVE = Path.of("target/soak.csv");
    private static final Duration PAUSE = Duration.ofMillis(700);
    private static final Duration SAMPLE = Duration.ofSeconds(30);

    /** What one node has after a full collection. */
    private record Sample(long seconds, long heapKilobytes, long residentKilobytes, long threads) {}

    @Test
    void neitherMemoryNorThreadsGrow() throws Exception {
        Duration length = Duration.ofMinutes(Integer.getInteger("soak.minutes"));
        Outcomes outcomes = new Outcomes();
        List<List<Sample>> curves = List.of(new ArrayList<>(), new ArrayList<>());
        try (KeycloakCluster cluster = KeycloakCluster.named("soak");
                DocumentHost documents = DocumentHost.start();
                McpRealm realm = realm(cluster);
                MixedLoad load = new MixedLoad(cluster, realm, documents, outcomes, PAUSE)) {
            Instant begin = Instant.now();
            Files.createDirectories(CURVE.resolveSibling("."));
            Files.writeString(CURVE, "seconds,node,heap_kb,resident_kb,threads,requests\n");
            while (Instant.now().isBefore(begin.plus(length))) {
                Thread.sleep(SAMPLE.toMillis());
                for (int node = 0; node < curves.size(); node++) {
                    Sample sample = sample(begin, cluster.nodes().get(node));
                    curves.get(node).add(sample);
                    write(node, sample, outcomes);
                }
            }
            assertThat(load.workers()).isNotEmpty();
        }
        Files.writeString(
                CURVE.resolveSibling("soak.svg"),
                new Curve()
                        .with(
                                "Heap after a full collection, MB",
                                points(curves, sample -> sample.heapKilobytes() / 1024.0))
                        .with("Resident memory, MB", points(curves, sample -> sample.residentKilobytes() / 1024.0))
                        .with("Threads", points(curves, Sample::threads))
                        .svg());
        assertThat(outcomes.violations()).isEmpty();
        assertThat(outcomes.failures().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .as(
                        "nodes wait for each other for 15 seconds at most, which a busy machine can exceed: %s",
                        outcomes.failures())
                .isLessThan(outcomes.successes() / 100);
        curves.forEach(SoakIT::assertFlat);
    }

    private static List<List<Curve.Point>> points(List<List<Sample>> curves, ToDoubleFunction<Sample> value) {
        return curves.stream()
                .map(curve -> curve.stream()
                        .map(sample -> new Curve.Point(sample.seconds(), value.applyAsDouble(sample)))
                        .toList())
                .toList();
    }

    /** The last third has hardly more than the third before it; the first third fills caches and compiles. */
    private static void assertFlat(List<Sample> curve) {
        int third = curve.size() / 3;
        List<Sample> middle = curve.subList(third, 2 * third);
        List<Sample> last = curve.subList(2 * third, curve.size());
        assertThat(mean(last, Sample::heapKilobytes)).isLessThan(1.05 * mean(middle, Sample::heapKilobytes));
        assertThat(mean(last, Sample::threads)).isLessThan(1.05 * mean(middle, Sample::threads));
    }

    private static double mean(List<Sample> samples, ToLongFunction<Sample> value) {
        return samples.stream().mapToLong(value).average().orElseThrow();
    }

    private static McpRealm realm(KeycloakCluster cluster) {
        Map<String, String> variables = Map.of(
                "MCP_ALLOW_LOOPBACK_DOCUMENTS", "true",
                "MCP_REGISTRATIONS_PER_SENDER", "0",
                "MCP_REGISTRATIONS_PER_REALM", "0");
        McpRealm realm = McpRealm.create(
                cluster.first(),
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(variables),
                "soak");
        realm.update("{\"sslRequired\": \"none\", \"ssoSessionIdleTimeout\": 300, \"eventsExpiration\": 300}");
        realm.setRegistration("max-never-used-clients", "200");
        return realm;
    }

    private static Sample sample(Instant begin, DistributionKeycloak node) throws IOException {
        long pid = node.pid();
        String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
        return new Sample(
                Duration.between(begin, Instant.now()).toSeconds(),
                JavaMemory.heapAfterCollection(pid),
                number(status, "VmRSS"),
                number(status, "Threads"));
    }

    private static long number(String status, String name) {
        Matcher matcher = Pattern.compile("(?m)^" + name + ":\\s+(\\d+)").matcher(status);
        assertThat(matcher.find()).as(name).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private static void write(int node, Sample sample, Outcomes outcomes) throws IOException {
        String line = String.format(
                Locale.ROOT,
                "%d,%d,%d,%d,%d,%d%n",
                sample.seconds(),
                node + 1,
                sample.heapKilobytes(),
                sample.residentKilobytes(),
                sample.threads(),
                outcomes.successes());
        Files.writeString(CURVE, line, StandardOpenOption.APPEND);
    }
}
