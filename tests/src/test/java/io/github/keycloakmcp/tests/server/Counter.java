package io.github.keycloakmcp.tests.server;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;

/**
 * A counter of the product, as a server publishes it for Prometheus.
 *
 * @param name the metric
 * @param labels its labels, by name
 * @param value how often it was counted
 */
record Counter(String name, Map<String, String> labels, int value) {

    private static final String REALM = "realm";
    private static final Pattern LINE = Pattern.compile("(?m)^(keycloak_mcp_\\w+)\\{(.*)} ([0-9.E]+)$");
    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (keycloak_mcp_\\w+) ?(.*)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /** All that a server publishes on its management port. */
    static Stream<Counter> all(URI management) {
        HttpReply reply = Http.plain().get(management.resolve("/metrics"));
        reply.expect(200);
        return LINE.matcher(reply.body()).results().map(Counter::read);
    }

    /** The lines of all metrics of the product, as a server publishes them. */
    static Stream<String> lines(URI management) {
        HttpReply reply = Http.plain().get(management.resolve("/metrics"));
        reply.expect(200);
        return LINE.matcher(reply.body()).results().map(MatchResult::group);
    }

    /** The help texts of all metrics of the product, by their names. */
    static Stream<Map.Entry<String, String>> helpTexts(URI management) {
        HttpReply reply = Http.plain().get(management.resolve("/metrics"));
        reply.expect(200);
        return HELP.matcher(reply.body()).results().map(line -> Map.entry(line.group(1), line.group(2)));
    }

    boolean isOf(String realm) {
        return realm.equals(labels.get(REALM));
    }

    /** The metric with all its labels but the realm, in the order of their names: {@code name label=value, label=value}. */
    String series() {
        return labels.entrySet().stream()
                .filter(label -> !label.getKey().equals(REALM))
                .map(Map.Entry::toString)
                .collect(Collectors.joining(", ", name + " ", ""))
                .strip();
    }

    private static Counter read(MatchResult line) {
        Map<String, String> labels = LABEL.matcher(line.group(2))
                .results()
                .collect(Collectors.toMap(label -> label.group(1), label -> label.group(2), (a, b) -> a, TreeMap::new));
        return new Counter(line.group(1), labels, (int) Double.parseDouble(line.group(3)));
    }
}
