package io.github.keycloakmcp.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.keycloakmcp.tests.cost.LifeRequest;
import io.github.keycloakmcp.tests.cost.Recorder;
import io.github.keycloakmcp.tests.cost.ServerCosts;

/**
 * One request of a client's life or of an administrator's day, in realms of one server that take turns.
 *
 * @param title what the report calls it
 * @param sides the realm with the extension; then, where Keycloak has such a request, a realm without it, and one more of those
 */
record Compared(String title, List<LifeRequest.Sender> sides) {

    /** CPU time of one side in one round, so that its clock says something. */
    private static final double ROUND = 0.08e9;

    private static final int FEWEST = 3;
    private static final int MOST = 40;

    /** Sends requests until the compiler has seen what matters. */
    void warmUp(int requests) {
        for (LifeRequest.Sender side : sides) {
            for (int i = 0; i < requests; i++) {
                side.prepare();
                side.send();
            }
        }
    }

    /** The row of the report, after so many rounds. */
    String row(ServerCosts costs, Recorder recorder, int rounds) {
        List<Integer> statements =
                sides.stream().limit(2).map(side -> recorder.of(side).count()).toList();
        double[][] cpu = new double[sides.size()][rounds];
        double[][] bytes = new double[sides.size()][rounds];
        double one = send(costs, sides.get(0), FEWEST).cpu() / (double) FEWEST;
        int requests = (int) Math.max(FEWEST, Math.min(MOST, ROUND / one));
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < sides.size(); turn++) {
                int side = (round + turn) % sides.size();
                ServerCosts.Cost cost = send(costs, sides.get(side), requests);
                cpu[side][round] = cost.cpu() / 1e6 / requests;
                bytes[side][round] = cost.bytes() / 1024.0 / requests;
            }
        }
        return sides.size() == 1
                ? String.format(
                        Locale.ROOT,
                        "| %s | %d | | %.0f | | | | %.2f | | | |",
                        title,
                        statements.get(0),
                        Interval.median(bytes[0]),
                        Interval.median(cpu[0]))
                : String.format(
                        Locale.ROOT,
                        "| %s | %d | %d | %.0f | %.0f | %s | %s | %.2f | %.2f | %s | %s |",
                        title,
                        statements.get(0),
                        statements.get(1),
                        Interval.median(bytes[0]),
                        Interval.median(bytes[1]),
                        new Interval(bytes[0], bytes[1]).text(),
                        noise(bytes),
                        Interval.median(cpu[0]),
                        Interval.median(cpu[1]),
                        new Interval(cpu[0], cpu[1]).text(),
                        noise(cpu));
    }

    private static String noise(double[][] costs) {
        return costs.length > 2 ? new Interval(costs[2], costs[1]).text() : "";
    }

    static String header() {
        return """
                | Request | SQL, with | without | KB, with | without | difference [95 %] | noise | \
                CPU ms, with | without | difference [95 %] | noise |
                |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|""";
    }

    /** What a request needs beforehand is not measured. */
    private static ServerCosts.Cost send(ServerCosts costs, LifeRequest.Sender side, int requests) {
        ServerCosts.Cost all = ServerCosts.Cost.NONE;
        for (int i = 0; i < requests; i++) {
            side.prepare();
            Map<Long, ServerCosts.Cost> before = costs.soFar();
            side.send();
            all = all.plus(costs.since(before));
        }
        return all;
    }
}
