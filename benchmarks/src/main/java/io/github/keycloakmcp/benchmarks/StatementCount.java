package io.github.keycloakmcp.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.github.keycloakmcp.benchmarks.registration.RegistrationCases;
import io.github.keycloakmcp.tests.cost.LifeRequest;
import io.github.keycloakmcp.tests.cost.Recorder;
import io.github.keycloakmcp.tests.cost.Statements;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.PostgresServer;
import io.github.keycloakmcp.tests.server.TestSettings;

/**
 * How many statements each request of a client's life has the database execute, in a realm with the extension and in one without
 * it, on one server. Exact, so that a few requests of each kind are enough.
 */
final class StatementCount {

    private static final int SERVERS = 2;
    private static final int CLIENTS = 100;

    private StatementCount() {}

    static String run() {
        try (PostgresServer database = PostgresServer.startRecording();
                BenchmarkServer server = BenchmarkServer.startOn(database, "statements", true)) {
            Recorder recorder = new Recorder(database.statements());
            return report(
                    measure(recorder, server, new Size(SERVERS, CLIENTS)),
                    measure(recorder, server.withoutProduct(), new Size(SERVERS, CLIENTS + 1)));
        }
    }

    private static String report(Map<LifeRequest, Statements> with, Map<LifeRequest, Statements> without) {
        List<String> lines = new ArrayList<>();
        lines.add("Keycloak " + TestSettings.keycloakVersion() + ", PostgreSQL\n");
        lines.add("| Request | statements, with | without | of them writing, with | without |");
        lines.add("|---|--:|--:|--:|--:|");
        with.forEach((request, statements) -> lines.add(row(request, statements, of(request, without))));
        with.forEach((request, statements) -> {
            lines.add("\n" + request.title() + ", beyond those without the extension:");
            lines.addAll(statements.beyond(of(request, without).kinds()));
        });
        return String.join("\n", lines) + "\n";
    }

    private static Statements of(LifeRequest request, Map<LifeRequest, Statements> measured) {
        return Objects.requireNonNull(measured.get(request));
    }

    private static String row(LifeRequest request, Statements with, Statements without) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d |",
                request.title(),
                with.count(),
                without.count(),
                with.writes(),
                without.writes());
    }

    private static Map<LifeRequest, Statements> measure(Recorder recorder, BenchmarkServer server, Size size) {
        McpRealm realm = BenchmarkRealm.create(server, size);
        RegistrationCases.openTo(realm, server.product());
        Map<LifeRequest, Statements> measured = new EnumMap<>(LifeRequest.class);
        for (LifeRequest request : LifeRequest.values()) {
            measured.put(request, recorder.of(request, realm, size.server()));
        }
        return measured;
    }
}
