package io.github.keycloakmcp.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.github.keycloakmcp.tests.cost.AdminRequest;
import io.github.keycloakmcp.tests.cost.LifeRequest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.PostgresServer;
import io.github.keycloakmcp.tests.server.TestSettings;

/**
 * What ten administrators who search among 100,000 clients do to logins: 20 logins a second, in turns without and with them. A
 * machine that would have nothing left for anything else at that rate has half of what it reaches without the extension.
 */
final class SearchLoad {

    private static final Size SIZE = new Size(10_000, 100_000);
    private static final int SEARCHES = 10;
    private static final double WANTED_LOGINS_PER_SECOND = 20;
    private static final int LOGGING_IN = 20;

    /** What the administrators do in each turn. */
    private enum Turn {
        NO_SEARCH("no search", -1),
        EVERY_SECOND("ten administrators, each searches once a second", 1000),
        WITHOUT_PAUSE("ten searches at any time, without a pause", 0);

        private final String title;
        private final long pause;

        Turn(String title, long pause) {
            this.title = title;
            this.pause = pause;
        }
    }

    private record Times(ConcurrentLinkedQueue<Double> logins, ConcurrentLinkedQueue<Double> searches) {

        Times() {
            this(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
        }
    }

    private final List<LifeRequest.Sender> users;
    private final List<LifeRequest.Sender> administrators;
    private final int seconds;
    private final double loginsPerSecond;

    private SearchLoad(McpRealm realm, int seconds, double loginsPerSecond) {
        this.users = IntStream.range(0, LOGGING_IN)
                .mapToObj(user -> LifeRequest.LATER_LOGIN.sender(realm, SIZE.server()))
                .toList();
        this.administrators = IntStream.range(0, SEARCHES)
                .mapToObj(one -> (one % 2 == 0 ? AdminRequest.CLIENTS_BY_NAME : AdminRequest.CLIENTS_BY_UNKNOWN_NAME)
                        .sender(realm))
                .toList();
        this.seconds = seconds;
        this.loginsPerSecond = loginsPerSecond;
    }

    static String run(boolean quick) {
        int rounds = quick ? 1 : 3;
        try (PostgresServer database = PostgresServer.startDurable();
                BenchmarkServer server = BenchmarkServer.startOn(database, "search", true)) {
            int seconds = quick ? 5 : 15;
            double possible = LoginRate.reached(
                    LifeCosts.realm(database, server.withoutProduct(), new Size(1, SEARCHES), "without"),
                    SIZE.server(),
                    seconds);
            double rate = Math.min(WANTED_LOGINS_PER_SECOND, possible / 2);
            SearchLoad load = new SearchLoad(LifeCosts.realm(database, server, SIZE, "search"), seconds, rate);
            load.run(Turn.NO_SEARCH);
            load.run(Turn.WITHOUT_PAUSE);
            List<String> lines = new ArrayList<>();
            lines.add(String.format(
                    Locale.ROOT,
                    "Keycloak %s, %d processors, PostgreSQL, %,d clients, %.1f logins/s; without the extension %.1f are possible.%n",
                    TestSettings.keycloakVersion(),
                    Runtime.getRuntime().availableProcessors(),
                    SIZE.clients(),
                    rate,
                    possible));
            lines.add("| Turn | logins | p50 ms | p99 ms | searches | p50 ms | p99 ms |");
            lines.add("|---|--:|--:|--:|--:|--:|--:|");
            for (int round = 0; round < rounds; round++) {
                for (Turn turn : Turn.values()) {
                    lines.add(row(turn, load.run(turn)));
                }
            }
            return String.join("\n", lines) + "\n";
        }
    }

    /** A login's time begins when it is due, so that a server which is late is not spared. */
    private Times run(Turn turn) {
        Times times = new Times();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<?>> all = new ArrayList<>();
            if (turn.pause >= 0) {
                administrators.forEach(one -> all.add(threads.submit(() -> search(one, turn.pause, over, times))));
            }
            List<Future<?>> logins = new ArrayList<>();
            long pause = (long) (TimeUnit.SECONDS.toNanos(1) / loginsPerSecond);
            for (int i = 0; i < seconds * loginsPerSecond; i++) {
                long due = System.nanoTime();
                LifeRequest.Sender user = users.get(i % users.size());
                logins.add(threads.submit(() -> {
                    synchronized (user) {
                        user.send();
                    }
                    times.logins().add((System.nanoTime() - due) / 1e6);
                }));
                TimeUnit.NANOSECONDS.sleep(due + pause - System.nanoTime());
            }
            over.set(true);
            all.addAll(logins);
            for (Future<?> one : all) {
                one.get();
            }
            return times;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a request failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static void search(LifeRequest.Sender administrator, long pause, AtomicBoolean over, Times times) {
        try {
            while (!over.get()) {
                long begin = System.nanoTime();
                administrator.send();
                times.searches().add((System.nanoTime() - begin) / 1e6);
                TimeUnit.MILLISECONDS.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String row(Turn turn, Times times) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %s | %d | %s |",
                turn.title,
                times.logins().size(),
                percentiles(times.logins()),
                times.searches().size(),
                percentiles(times.searches()));
    }

    private static String percentiles(ConcurrentLinkedQueue<Double> times) {
        double[] sorted = times.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted.length == 0
                ? " | "
                : String.format(
                        Locale.ROOT, "%.0f | %.0f", sorted[sorted.length / 2], sorted[sorted.length * 99 / 100]);
    }
}
