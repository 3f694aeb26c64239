package io.github.keycloakmcp.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.keycloakmcp.benchmarks.registration.RegistrationCases;
import io.github.keycloakmcp.benchmarks.token.TokenCases;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.TestSettings;

/** Runs a benchmark by its name: {@code token [--quick]}, {@code registration [--quick]}. The report goes to the terminal and to a file. */
public final class Benchmark {

    private static final Map<String, List<Case>> BENCHMARKS =
            Map.of("token", TokenCases.ALL, "registration", RegistrationCases.ALL);

    /** Two launches of one server differ by more than the pairs of one launch do, so there are several. */
    private static final int LAUNCHES = 2;

    private static final int PAIRS_PER_LAUNCH = 13;
    private static final int WARM_UP = 6;

    private final List<Case> cases;
    private final boolean quick;
    private final Map<Case, Pairs> measured = new LinkedHashMap<>();
    private final Map<Case, Pairs> noise = new LinkedHashMap<>();

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
        List<Case> all = BENCHMARKS.getOrDefault(name, List.of());
        if (all.isEmpty()) {
            throw new IllegalArgumentException("benchmarks are: " + BENCHMARKS.keySet());
        }
        Size smallest = all.get(0).size();
        List<Case> cases =
                quick ? all.stream().filter(one -> one.size().equals(smallest)).toList() : all;
        String report = new Benchmark(cases, quick).run();
        say(report);
        Files.writeString(Path.of(System.getProperty("benchmark.reports", ".")).resolve(name + ".md"), report);
    }

    private String run() {
        say("Starting Keycloak " + TestSettings.keycloakVersion()
                + " three times: with the extension, and twice without");
        try (BenchmarkServer with = BenchmarkServer.start("with", true);
                BenchmarkServer without = BenchmarkServer.start("without", false);
                BenchmarkServer again = BenchmarkServer.start("without-again", false)) {
            Set<Size> sizes = cases.stream().map(Case::size).collect(Collectors.toCollection(LinkedHashSet::new));
            Size smallest = cases.get(0).size();
            Map<Size, McpRealm> realmsWith = realms(with, sizes);
            Map<Size, McpRealm> realmsWithout = realms(without, sizes);
            Map<Size, McpRealm> realmsAgain = realms(again, Set.of(smallest));
            int launches = quick ? 1 : LAUNCHES;
            for (int launch = 0; launch < launches; launch++) {
                if (launch > 0) {
                    List.of(with, without, again).forEach(BenchmarkServer::restart);
                }
                compare(measured, cases, new Side(with, realmsWith), new Side(without, realmsWithout));
                List<Case> ofSmallest = cases.stream()
                        .filter(one -> one.size().equals(smallest))
                        .toList();
                compare(noise, ofSmallest, new Side(again, realmsAgain), new Side(without, realmsWithout));
            }
        }
        return report();
    }

    private record Side(BenchmarkServer server, Map<Size, McpRealm> realms) {}

    private void compare(Map<Case, Pairs> results, List<Case> some, Side one, Side other) {
        try (ServerCosts costsOfOne = ServerCosts.of(one.server().pid());
                ServerCosts costsOfOther = ServerCosts.of(other.server().pid())) {
            for (Case measuredCase : some) {
                say(measuredCase.name() + ", " + measuredCase.size().realm() + ": "
                        + one.server().name() + " / " + other.server().name());
                try (Load first = load(measuredCase, one, costsOfOne);
                        Load second = load(measuredCase, other, costsOfOther)) {
                    Pairs warmUp = new Pairs();
                    for (int i = 0; i < (quick ? 1 : WARM_UP); i++) {
                        warmUp.measure(first, second);
                    }
                    Pairs pairs = results.computeIfAbsent(measuredCase, any -> new Pairs());
                    for (int i = 0; i < (quick ? 3 : PAIRS_PER_LAUNCH); i++) {
                        pairs.measure(first, second);
                    }
                }
            }
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
                + (quick ? "quick run: not to be quoted" : LAUNCHES + " launches of " + PAIRS_PER_LAUNCH + " pairs")
                + ". In each pair of numbers the server with the extension comes first.\n");
        lines.add(Pairs.header());
        measured.forEach((one, pairs) -> lines.add(pairs.row(one.name(), one.size())));
        lines.add("\nThe noise: the same server twice, without the extension.\n");
        lines.add(Pairs.header());
        noise.forEach((one, pairs) -> lines.add(pairs.row(one.name(), one.size())));
        return String.join("\n", lines) + "\n";
    }

    @SuppressWarnings("SystemOut") // a program for a terminal
    private static void say(String text) {
        System.out.println(text);
        System.out.flush();
    }
}
