package io.github.keycloakmcp.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.cost.AdminRequest;
import io.github.keycloakmcp.tests.cost.LifeRequest;
import io.github.keycloakmcp.tests.cost.ManyClients;
import io.github.keycloakmcp.tests.cost.RealmWithout;
import io.github.keycloakmcp.tests.cost.Recorder;
import io.github.keycloakmcp.tests.cost.ServerCosts;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.PostgresServer;
import io.github.keycloakmcp.tests.server.TestSettings;

/**
 * What the requests of a client's life and of an administrator's day cost: statements, bytes and CPU time, in a realm with the
 * extension and in two without it, on one server with PostgreSQL. One request at a time, and the realms take turns, so that
 * other work on the computer meets all of them.
 */
final class LifeCosts {

    private static final Size SMALL = new Size(1, 100);
    private static final Size LARGE = new Size(10_000, 100_000);

    private static final String KNOWN_DOCUMENT = "login page, known document";
    private static final String NEW_DOCUMENT = "login page, new document";

    /** The benchmarks of this kind, with the requests that each has. */
    private static final Map<String, Predicate<String>> SCENARIOS = Map.of(
            "life",
            any -> true,
            "scale",
            any -> true,
            "large",
            any -> true,
            "consent",
            Set.of(LifeRequest.FIRST_LOGIN_WITH_CONSENT.title(), LifeRequest.LATER_LOGIN.title())::contains,
            "metadata",
            Set.of(LifeRequest.METADATA.title())::contains,
            "document",
            Set.of(LifeRequest.LOGIN_PAGE.title(), KNOWN_DOCUMENT, NEW_DOCUMENT)::contains,
            "admin",
            title ->
                    Stream.of(AdminRequest.values()).anyMatch(one -> one.title().equals(title)));

    private static final int ROUNDS = 9;
    private static final int WARM_UP = 60;

    /** A login would otherwise be the hashing of a password, whose time changes from launch to launch. */
    private static final String CHEAP_PASSWORDS =
            "{\"passwordPolicy\": \"hashAlgorithm(pbkdf2-sha256) and hashIterations(1)\"}";

    private final List<Size> sizes;
    private final Predicate<String> wanted;
    private final int warmUp;
    private final int rounds;

    private LifeCosts(List<Size> sizes, Predicate<String> wanted, boolean quick) {
        this.sizes = sizes;
        this.wanted = wanted;
        this.warmUp = quick ? 2 : WARM_UP;
        this.rounds = quick ? 3 : ROUNDS;
    }

    static Set<String> names() {
        return SCENARIOS.keySet();
    }

    /** Runs the one with this name, if it is one of these. */
    static Optional<String> run(String name, boolean quick) {
        List<Size> sizes = switch (name) {
            case "scale" -> List.of(SMALL, LARGE);
            case "large" -> List.of(LARGE);
            default -> List.of(SMALL);
        };
        return Optional.ofNullable(SCENARIOS.get(name)).map(wanted -> new LifeCosts(sizes, wanted, quick).run());
    }

    private String run() {
        try (PostgresServer database = PostgresServer.startRecording();
                DocumentHost host = DocumentHost.start();
                BenchmarkServer server = BenchmarkServer.startOn(database, "life", true);
                ServerCosts costs = ServerCosts.of(server.keycloak().pid())) {
            List<String> lines = new ArrayList<>();
            lines.add(String.format(
                    Locale.ROOT,
                    "Keycloak %s, Java %s, %d processors, PostgreSQL, %d rounds.",
                    TestSettings.keycloakVersion(),
                    System.getProperty("java.version"),
                    Runtime.getRuntime().availableProcessors(),
                    rounds));
            for (Size size : sizes) {
                lines.add(String.format(
                        Locale.ROOT, "%n%,d clients, %,d MCP servers:%n", size.clients(), size.servers()));
                lines.add(Compared.header());
                List<Compared> all = requests(size, realms(database, server, size), host);
                all.forEach(one -> one.warmUp(warmUp));
                Recorder recorder = new Recorder(database.statements());
                all.forEach(one -> lines.add(said(one.row(costs, recorder, rounds))));
            }
            return String.join("\n", lines) + "\n";
        }
    }

    /** Tells that it goes on, and what was measured if it does not. */
    @SuppressWarnings("SystemOut")
    private static String said(String row) {
        System.out.println(row);
        return row;
    }

    /** The realm with the extension, one without, and where it is quickly made one more. */
    private static List<McpRealm> realms(PostgresServer database, BenchmarkServer server, Size size) {
        List<McpRealm> realms = new ArrayList<>();
        realms.add(realm(database, server, size, "with-" + size.clients()));
        realms.add(realm(database, server.withoutProduct(), size, "without-" + size.clients()));
        if (size.equals(SMALL)) {
            realms.add(realm(database, server.withoutProduct(), size, "without-again"));
        }
        return realms;
    }

    /** A realm with clients that the server has never read. */
    static McpRealm realm(PostgresServer database, BenchmarkServer server, Size size, String name) {
        McpRealm realm = BenchmarkRealm.create(server, new Size(size.servers(), 0), name);
        if (!server.product()) {
            RealmWithout.openRegistration(realm);
        }
        realm.update(CHEAP_PASSWORDS);
        ManyClients.add(database, realm, size.clients());
        return realm;
    }

    private List<Compared> requests(Size size, List<McpRealm> realms, DocumentHost host) {
        String server = size.server();
        McpRealm with = realms.get(0);
        List<Compared> all = new ArrayList<>();
        for (LifeRequest request : LifeRequest.values()) {
            add(all, request.title(), () -> request.sender(with, server), realms, request, server);
        }
        for (boolean known : new boolean[] {true, false}) {
            add(
                    all,
                    known ? KNOWN_DOCUMENT : NEW_DOCUMENT,
                    () -> LifeRequest.documentLoginPage(with, host, server, known),
                    realms,
                    LifeRequest.LOGIN_PAGE,
                    server);
        }
        if (size.servers() > 1) {
            add(
                    all,
                    "client credentials for the next server",
                    () -> LifeRequest.forTheNextServer(with),
                    realms,
                    LifeRequest.CLIENT_CREDENTIALS,
                    server);
        }
        for (AdminRequest request : AdminRequest.values()) {
            if (wanted.test(request.title())) {
                List<LifeRequest.Sender> sides = new ArrayList<>(List.of(request.sender(with)));
                realms.stream()
                        .skip(1)
                        .forEach(realm -> request.keycloaks(realm).ifPresent(sides::add));
                all.add(new Compared(request.title(), sides));
            }
        }
        return all;
    }

    /** Parties are made for what is measured only, because many register. */
    private void add(
            List<Compared> all,
            String title,
            Supplier<LifeRequest.Sender> with,
            List<McpRealm> realms,
            LifeRequest without,
            String server) {
        if (wanted.test(title)) {
            List<LifeRequest.Sender> sides = new ArrayList<>(List.of(with.get()));
            realms.stream().skip(1).forEach(realm -> sides.add(without.sender(realm, server)));
            all.add(new Compared(title, sides));
        }
    }
}
