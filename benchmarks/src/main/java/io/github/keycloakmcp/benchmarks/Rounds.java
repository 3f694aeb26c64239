package io.github.keycloakmcp.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
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

    /** By how much the first server costs more, in percent: the median of all rounds, with its confidence interval. */
    private static String difference(
            List<Load.Sample> first, List<Load.Sample> second, ToDoubleFunction<Load.Sample> cost) {
        double[] percents = new double[first.size()];
        for (int i = 0; i < percents.length; i++) {
            percents[i] = 100 * (cost.applyAsDouble(first.get(i)) / cost.applyAsDouble(second.get(i)) - 1);
        }
        Arrays.sort(percents);
        // The ranks between which the median lies with 95 %, whatever the distribution (sign test).
        int rank = Math.max(0, (int) ((percents.length - 1.96 * Math.sqrt(percents.length)) / 2));
        return String.format(
                Locale.ROOT,
                "%+.1f %% [%+.1f, %+.1f]",
                middle(percents),
                percents[rank],
                percents[percents.length - 1 - rank]);
    }

    private static double median(List<Load.Sample> samples, ToDoubleFunction<Load.Sample> cost) {
        return middle(samples.stream().mapToDouble(cost).sorted().toArray());
    }

    private static double middle(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
