package io.github.keycloakmcp.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** By how much one series of measurements exceeds another, pair by pair: the median, with its confidence interval. */
final class Interval {

    private final double[] percents;

    /** Both series have the same length; what is at one place was measured at the same time. */
    Interval(double[] first, double[] second) {
        percents = new double[first.length];
        for (int i = 0; i < percents.length; i++) {
            percents[i] = 100 * (first[i] / second[i] - 1);
        }
        Arrays.sort(percents);
    }

    /** In percent; with the ranks between which the median lies with 95 %, whatever the distribution (sign test). */
    String text() {
        int rank = Math.max(0, (int) ((percents.length - 1.96 * Math.sqrt(percents.length)) / 2));
        return String.format(
                Locale.ROOT,
                "%+.1f %% [%+.1f, %+.1f]",
                middle(percents),
                percents[rank],
                percents[percents.length - 1 - rank]);
    }

    /** The median of values in any order. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return middle(sorted);
    }

    private static double middle(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
