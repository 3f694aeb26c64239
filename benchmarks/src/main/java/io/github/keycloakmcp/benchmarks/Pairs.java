package io.github.keycloakmcp.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The measurements of one case, in pairs: first server, second server, one right after the other, so that whatever else the
 * computer does meets both.
 */
final class Pairs {

    private final List<Load.Sample> first = new ArrayList<>();
    private final List<Load.Sample> second = new ArrayList<>();

    /** Measures one pair; which server comes first changes from pair to pair. */
    void measure(Load one, Load other) {
        if (first.size() % 2 == 0) {
            first.add(one.run());
            second.add(other.run());
        } else {
            second.add(other.run());
            first.add(one.run());
        }
    }

    /** One line of the report. */
    String row(String name, Size size) {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %.2f | %.2f | %s | %.0f | %.0f | %s | %.0f / %.0f | %.1f / %.1f | %.1f / %.1f |",
                name,
                size.servers(),
                size.clients(),
                median(first, Load.Sample::cpu),
                median(second, Load.Sample::cpu),
                difference(Load.Sample::cpu),
                median(first, Load.Sample::kilobytes),
                median(second, Load.Sample::kilobytes),
                difference(Load.Sample::kilobytes),
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

    /** By how much the first server costs more, in percent: the median of all pairs, with its confidence interval. */
    private String difference(ToDoubleFunction<Load.Sample> cost) {
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
