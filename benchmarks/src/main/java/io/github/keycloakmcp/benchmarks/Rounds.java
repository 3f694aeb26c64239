package io.github.keycloakmcp.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The measurements of one case, in rounds: each server once, one right after the other, so that whatever else the computer
 * does meets all of them.
 */
final class Rounds {

    private final List<List<Load.Sample>> samples = new ArrayList<>();

    /** Measures one round; which server comes first changes from round to round. */
    void measure(List<Load> servers) {
        Load.Sample[] round = new Load.Sample[servers.size()];
        for (int turn = 0; turn < round.length; turn++) {
            int server = (samples.size() + turn) % round.length;
            round[server] = servers.get(server).run();
        }
        samples.add(List.of(round));
    }

    /** One line of the report: how the server at one place of the rounds compares with that at another. */
    String row(String name, Size size, int one, int other) {
        List<Load.Sample> first = samples.stream().map(round -> round.get(one)).toList();
        List<Load.Sample> second =
                samples.stream().map(round -> round.get(other)).toList();
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %.2f | %.2f | %s | %.0f | %.0f | %s | %.0f / %.0f | %.1f / %.1f | %.1f / %.1f |",
                name,
                size.servers(),
                size.clients(),
                median(first, Load.Sample::cpu),
                median(second, Load.Sample::cpu),
                difference(first, second, Load.Sample::cpu),
                median(first, Load.Sample::kilobytes),
                median(second, Load.Sample::kilobytes),
                difference(first, second, Load.Sample::kilobytes),
                median(first, Load.Sample::perSecond),
                median(second, Load.Sample::perSecond),
                median(first, Load.Sample::p50),
                median(second, Load.Sample::p50),
                median(first, Load.Sample::p99),
                median(second, Load.Sample::p99));
    }

    static String header() {
        return """
                | Case | servers | clients | CPU ms, with | without | difference [95 %] | KB, with | without | \
                difference [95 %] | requests/s | p50 ms | p99 ms |
                |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|""";
    }

    private static String difference(
            List<Load.Sample> first, List<Load.Sample> second, ToDoubleFunction<Load.Sample> cost) {
        return new Interval(values(first, cost), values(second, cost)).text();
    }

    private static double median(List<Load.Sample> samples, ToDoubleFunction<Load.Sample> cost) {
        return Interval.median(values(samples, cost));
    }

    private static double[] values(List<Load.Sample> samples, ToDoubleFunction<Load.Sample> cost) {
        return samples.stream().mapToDouble(cost).toArray();
    }
}
