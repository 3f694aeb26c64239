package io.github.keycloakmcp.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.keycloakmcp.benchmarks.registration.RegistrationCases;
import io.github.keycloakmcp.benchmarks.signing.SigningCases;
import io.github.keycloakmcp.benchmarks.token.TokenCases;
import io.github.keycloakmcp.tests.cost.ServerCosts;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.TestSettings;

/**
 * Runs a benchmark by its name: {@code token [--quick]}, {@code registration [--quick]},
 * {@code signing [--quick]}, {@code statements}, {@code start}, {@code search [--quick]}, or one of {@link LifeCosts}. The
 * report goes to the terminal and to a file.
 */
public final class Benchmark {

    private static final Map<String, List<Case>> BENCHMARKS =
            Map.of("token", TokenCases.ALL, "registration", RegistrationCases.ALL, "signing", SigningCases.ALL);

    /** Two launches of one server differ by more than the rounds of one launch do, so there are several. */
    private static final int LAUNCHES = 2;

    private static final int ROUNDS_PER_LAUNCH = 13;

    /** Rounds of every case after a launch, until the compiler has seen what matters; half as many leave it a third slower. */
    private static final int FIRST_WARM_UP = 12;

    /** Time for the compiler to finish what the warm-up has given it. */
    private static final Duration COMPILING = Duration.ofSeconds(20);

    private static final int WARM_UP = 3;

    private final List<Case> cases;
    private final boolean quick;
    private final Map<Case, Rounds> measured = new LinkedHashMap<>();

    private Benchmark(List<Case> cases, boolean quick) {
        this.cases = cases;
        this.quick = quick;
    }

    /** Arguments: the name of a benchmark, and {@code --quick} to see that it works. */
    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        boolean quick = words.contains("--quick");
        String name = words.stream()
                .filter(word -> !word.startsWith("--"))
                .findFirst()
                .orElse("token");
        Optional<String> other = other(name, quick);
        if (other.isPresent()) {
            report(name, other.get());
            return;
        }
        List<Case> all = BENCHMARKS.getOrDefault(name, List.of());
        if (all.isEmpty()) {
            throw new IllegalArgumentException(
                    "benchmarks are: statements, start, search, " + BENCHMARKS.keySet() + ", " + LifeCosts.names());
        }
        Size smallest = all.get(0).size();
        List<Case> cases =
                quick ? all.stream().filter(one -> one.size().equals(smallest)).toList() : all;
        report(name, new Benchmark(cases, quick).run());
    }

    private static Optional<String> other(String name, boolean quick) {
        return switch (name) {
            case "statements" -> Optional.of(StatementCount.run());
            case "start" -> Optional.of(StartCosts.run());
            case "search" -> Optional.of(SearchLoad.run(quick));
            default -> LifeCosts.run(name, quick);
        };
    }

    private static void report(String name, String text) throws IOException {
        say(text);
        Files.writeString(Path.of(System.getProperty("benchmark.reports", ".")).resolve(name + ".md"), text);
    }

    private String run() {
        say("Starting Keycloak " + TestSettings.keycloakVersion()
                + " three times: with the extension, and twice without");
        try (BenchmarkServer with = BenchmarkServer.start("with", true);
                BenchmarkServer without = BenchmarkServer.start("without", false);
                BenchmarkServer again = BenchmarkServer.start("without-again", false)) {
            Set<Size> sizes = cases.stream().map(Case::size).collect(Collectors.toCollection(LinkedHashSet::new));
            List<Side> sides = List.of(
                    new Side(with, realms(with, sizes)),
                    new Side(without, realms(without, sizes)),
                    new Side(again, realms(again, Set.of(smallest()))));
            for (int launch = 0; launch < (quick ? 1 : LAUNCHES); launch++) {
                if (launch > 0) {
                    List.of(with, without, again).forEach(BenchmarkServer::restart);
                }
                measure(sides);
            }
        }
        return report();
    }

    /** The size at which the server without the extension is compared with itself. */
    private Size smallest() {
        return cases.get(0).size();
    }

    private record Side(BenchmarkServer server, Map<Size, McpRealm> realms) {}

    private void measure(List<Side> sides) {
        List<ServerCosts> costs = new ArrayList<>();
        try {
            sides.forEach(
                    side -> costs.add(ServerCosts.of(side.server().keycloak().pid())));
            cases.stream().filter(one -> one.size().equals(smallest())).forEach(one -> {
                say("Warming up: " + one.name());
                rounds(one, sides, costs, new Rounds(), quick ? 1 : FIRST_WARM_UP, 0);
            });
            if (!quick) {
                pause();
            }
            for (Case one : cases) {
                say(one.name() + ", " + one.size().realm());
                Rounds rounds = measured.computeIfAbsent(one, any -> new Rounds());
                rounds(one, sides, costs, rounds, quick ? 0 : WARM_UP, quick ? 3 : ROUNDS_PER_LAUNCH);
            }
        } finally {
            costs.forEach(ServerCosts::close);
        }
    }

    /** Sends the requests of one case to all servers that have a realm of its size. */
    private static void rounds(
            Case one, List<Side> sides, List<ServerCosts> costs, Rounds results, int warmUp, int measured) {
        List<Load> loads = new ArrayList<>();
        try {
            for (int i = 0; i < sides.size(); i++) {
                if (sides.get(i).realms().containsKey(one.size())) {
                    loads.add(load(one, sides.get(i), costs.get(i)));
                }
            }
            Rounds forgotten = new Rounds();
            for (int i = 0; i < warmUp; i++) {
                forgotten.measure(loads);
            }
            for (int i = 0; i < measured; i++) {
                results.measure(loads);
            }
        } finally {
            loads.forEach(Load::close);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(COMPILING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Load load(Case measuredCase, Side side, ServerCosts costs) {
        McpRealm realm = side.realms().get(measuredCase.size());
        if (realm == null) {
            throw new IllegalStateException("no realm for " + measuredCase.size());
        }
        return new Load(measuredCase, realm, side.server(), costs);
    }

    private static Map<Size, McpRealm> realms(BenchmarkServer server, Set<Size> sizes) {
        Map<Size, McpRealm> realms = new LinkedHashMap<>();
        for (Size size : sizes) {
            say("Realm " + size.realm() + " on the server " + server.name());
            realms.put(size, BenchmarkRealm.create(server, size));
        }
        return realms;
    }

    private String report() {
        List<String> lines = new ArrayList<>();
        lines.add("Keycloak " + TestSettings.keycloakVersion() + ", Java " + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, "
                + (quick ? "quick run: not to be quoted" : LAUNCHES + " launches of " + ROUNDS_PER_LAUNCH + " rounds")
                + ". In each pair of numbers the server with the extension comes first.\n");
        lines.add(Rounds.header());
        measured.forEach((one, rounds) -> lines.add(rounds.row(one.name(), one.size(), 0, 1)));
        lines.add("\nThe noise: the server without the extension, and the same once more.\n");
        lines.add(Rounds.header());
        measured.forEach((one, rounds) -> {
            if (one.size().equals(smallest())) {
                lines.add(rounds.row(one.name(), one.size(), 2, 1));
            }
        });
        return String.join("\n", lines) + "\n";
    }

    @SuppressWarnings("SystemOut") // a program for a terminal
    private static void say(String text) {
        System.out.println(text);
        System.out.flush();
    }
}
