package io.github.keycloakmcp.tests.integration.registration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.KeycloakCluster;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.TestSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a server publishes after everything has happened once, recorded in docker/monitoring, where board and alerts are evaluated
 * against it. {@code -Dscrape.write=true} records it anew.
 */
final class RecordedScrape {

    private static final Path FILE = TestSettings.realmConfig().resolveSibling("docker/monitoring/scrape.txt");
    private static final Pattern SERIES = Pattern.compile("(?m)^(keycloak_mcp_\\w+)\\{(.*)} ");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    private RecordedScrape() {}

    /**
     * The names and the labels of the recorded series are those of the servers, at one moment at least: between two clean-ups that are
     * far apart, a node publishes no number of clients.
     */
    static void check(KeycloakCluster cluster, McpRealm realm) {
        if (Boolean.getBoolean("scrape.write")) {
            write(bySeries(cluster.published(realm)).values());
        }
        Set<String> recorded = shapes(read());
        Awaited.untilAsserted(() -> assertThat(recorded)
                .as("docker/monitoring/scrape.txt")
                .isEqualTo(shapes(String.join("\n", cluster.published(realm)))));
    }

    private static String read() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Collection<String> lines) {
        try {
            Files.writeString(FILE, lines.stream().collect(Collectors.joining("\n", "", "\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line of each series, from whichever node, in the order of their names. */
    private static Map<String, String> bySeries(Collection<String> lines) {
        return lines.stream()
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> line,
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static Set<String> shapes(String text) {
        return SERIES.matcher(text).results().map(RecordedScrape::shape).collect(Collectors.toSet());
    }

    private static String shape(MatchResult series) {
        Stream<String> labels = LABEL.matcher(series.group(2))
                .results()
                .map(label -> label.group(1))
                .sorted();
        return series.group(1) + labels.collect(Collectors.toList());
    }
}
