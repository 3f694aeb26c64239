package io.github.keycloakmcp.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.keycloakmcp.tests.server.TestSettings;

/**
 * What a start takes with the extension and without: the seconds that Keycloak logs, and the memory that the process has then.
 * The servers take turns.
 */
final class StartCosts {

    private static final int STARTS = 3;
    private static final Pattern STARTED = Pattern.compile("started in (\\d+\\.\\d+)s");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private StartCosts() {}

    private record Start(double seconds, double megabytes) {}

    static String run() {
        List<Start> with = new ArrayList<>();
        List<Start> without = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            with.add(start("with", true));
            without.add(start("without", false));
        }
        return "Keycloak " + TestSettings.keycloakVersion() + ", " + STARTS + " starts each\n\n"
                + "| Server | start-up, s | resident memory, MB |\n|---|---|---|\n"
                + row("with the extension", with) + row("without", without);
    }

    private static Start start(String name, boolean product) {
        try (BenchmarkServer server = BenchmarkServer.start(name, product)) {
            double seconds = last(STARTED, String.join("\n", server.keycloak().logLines()));
            String status = Files.readString(
                    Path.of("/proc", Long.toString(server.keycloak().pid()), "status"));
            return new Start(seconds, last(RESIDENT, status) / 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double last(Pattern pattern, String text) {
        List<MatchResult> found = pattern.matcher(text).results().toList();
        if (found.isEmpty()) {
            throw new IllegalStateException("not there: " + pattern);
        }
        return Double.parseDouble(found.get(found.size() - 1).group(1));
    }

    private static String row(String name, List<Start> starts) {
        return "| " + name + " | "
                + starts.stream()
                        .map(start -> String.format(Locale.ROOT, "%.1f", start.seconds()))
                        .collect(Collectors.joining(", "))
                + " | "
                + starts.stream()
                        .map(start -> String.format(Locale.ROOT, "%.0f", start.megabytes()))
                        .collect(Collectors.joining(", "))
                + " |\n";
    }
}
