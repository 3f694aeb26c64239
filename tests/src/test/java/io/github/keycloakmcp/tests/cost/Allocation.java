package io.github.keycloakmcp.tests.cost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.github.keycloakmcp.tests.server.TestSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much a request allocates, compared with the same request without the extension on the same server, one after the other.
 * The ratio is the same on every machine as long as the compiler does not remove allocations, which C1 never does.
 */
public final class Allocation {

    private static final Path RECORDED =
            Path.of("src/test/resources/io/github/keycloakmcp/tests/integration/cost/allocation.txt");

    /** {@code -Dstatements.write=true} records anew, and the difference shows in review. */
    private static final String WRITE = "statements.write";

    /** Far above what the median of a few requests differs by, so that a failure is a change and not the machine. */
    private static final double TOLERANCE = 1.2;

    /** The servers that the record is of: another version allocates in another way, with the extension and without. */
    private static final String RECORDED_ON = "26.7";

    private static final int WARM_UP = 4;
    private static final int MEASURED = 9;

    /** What a request hands to other threads is allocated within this time. */
    private static final Duration REST = Duration.ofMillis(30);

    private final ServerCosts costs;

    public Allocation(ServerCosts costs) {
        this.costs = costs;
    }

    /** The median of what {@code with} allocates, divided by that of {@code without}. */
    public double ratio(LifeRequest.Sender with, LifeRequest.Sender without) {
        long[] first = new long[MEASURED];
        long[] second = new long[MEASURED];
        for (int i = -WARM_UP; i < MEASURED; i++) {
            long one = bytes(with);
            long other = bytes(without);
            if (i >= 0) {
                first[i] = one;
                second[i] = other;
            }
        }
        return (double) median(first) / median(second);
    }

    private long bytes(LifeRequest.Sender sender) {
        sender.prepare();
        Recorder.pause(REST);
        Map<Long, ServerCosts.Cost> before = costs.soFar();
        sender.send();
        Recorder.pause(REST);
        return costs.since(before).bytes();
    }

    private static long median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** Fails if a request allocates noticeably more than recorded. */
    public static void assertMatches(String title, double ratio) {
        Map<String, Double> recorded = read();
        if (Boolean.getBoolean(WRITE)) {
            recorded.put(title, ratio);
            write(recorded);
        }
        if (TestSettings.keycloakVersion().startsWith(RECORDED_ON)) {
            assertThat(ratio)
                    .as("%s: allocated memory, compared with the same request without the extension", title)
                    .isLessThanOrEqualTo(recorded.getOrDefault(title, 0.0) * TOLERANCE);
        }
    }

    private static Map<String, Double> read() {
        Map<String, Double> ratios = new TreeMap<>();
        try {
            for (String line : Files.exists(RECORDED) ? Files.readAllLines(RECORDED) : List.<String>of()) {
                String[] parts = line.split(" ", 2);
                ratios.put(parts[1], Double.valueOf(parts[0]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ratios;
    }

    private static void write(Map<String, Double> ratios) {
        try {
            Files.write(
                    RECORDED,
                    ratios.entrySet().stream()
                            .map(entry -> String.format(Locale.ROOT, "%.2f %s", entry.getValue(), entry.getKey()))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
