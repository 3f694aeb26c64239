package io.github.keycloakmcp.tests.integration.cost;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.cost.LifeRequest;
import io.github.keycloakmcp.tests.cost.ManyClients;
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.PostgresServer;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.ServerOptions;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A registration in a realm that has as many clients as it may have costs the same whatever that number is, so that strangers
 * cannot make a large realm work harder than a small one. {@code -Dgrowth.clients=100000} says how many; the two realms take turns.
 */
@EnabledIfSystemProperty(named = "growth.clients", matches = "\\d+")
class FullRealmGrowthIT {

    private static final int FEW = 100;
    private static final int MANY = Integer.getInteger("growth.clients", FEW);

    /** Clients that no user has logged in with, where the oldest makes room. */
    private static final int NEVER_USED = 20;

    private static final int WARM_UP = 60;
    private static final int ROUNDS = Integer.getInteger("growth.rounds", 10);
    private static final int REQUESTS = 20;
    private static final double MOST = 1.2;

    /** What a full realm answers. */
    private enum Full {
        /** All clients are in use. */
        REFUSED(0, 403),
        /** The oldest client that was never used is removed. */
        MAKES_ROOM(NEVER_USED, 201);

        private final int room;
        private final int status;

        Full(int room, int status) {
            this.room = room;
            this.status = status;
        }
    }

    /** What requests took: statements, and the CPU time of the server and of the database. */
    private record Cost(long statements, Duration server, Duration database) {

        static final Cost NONE = new Cost(0, Duration.ZERO, Duration.ZERO);

        Cost plus(Cost other) {
            return new Cost(statements + other.statements, server.plus(other.server), database.plus(other.database));
        }

        double milliseconds() {
            return server.plus(database).toNanos() / 1e6;
        }
    }

    @Test
    void aRegistrationInAFullRealmCostsTheSameWhateverTheNumberOfClients() {
        Map<Full, List<Cost>> costs = new EnumMap<>(Full.class);
        try (PostgresServer database = PostgresServer.startRecording();
                DistributionKeycloak server = start(database)) {
            McpRealm small = realm(server, database, "small", FEW);
            McpRealm large = realm(server, database, "large", MANY);
            for (Full full : Full.values()) {
                costs.put(full, measure(database, server, full, small, large));
                print(full, of(full, costs));
            }
        }
        assertThat(Full.values()).allSatisfy(full -> {
            Cost few = of(full, costs).get(0);
            Cost many = of(full, costs).get(1);
            assertThat((double) many.statements())
                    .as("%s: statements", full)
                    .isLessThanOrEqualTo(MOST * few.statements());
            assertThat(many.milliseconds()).as("%s: CPU time", full).isLessThanOrEqualTo(MOST * few.milliseconds());
        });
    }

    private static List<Cost> of(Full full, Map<Full, List<Cost>> costs) {
        return Objects.requireNonNull(costs.get(full));
    }

    private static DistributionKeycloak start(PostgresServer database) {
        return DistributionKeycloak.start(ServerOptions.ofTestRun()
                .named("full")
                .inProduction()
                .withArguments("--cache=local", "--hostname-strict=false")
                .withArguments(database.keycloakArguments().toArray(String[]::new)));
    }

    /** A realm with clients that are all in use. */
    private static McpRealm realm(DistributionKeycloak server, PostgresServer database, String name, int clients) {
        McpRealm realm = McpRealm.create(
                server, RealmTemplate.read(TestSettings.realmConfig(), true).resolved(LifeRequest.REALM), name);
        ManyClients.add(database, realm, clients);
        realm.clients().delete("filler");
        return realm;
    }

    private static List<Cost> measure(
            PostgresServer database, DistributionKeycloak server, Full full, McpRealm small, McpRealm large) {
        small.setRegistration("max-clients", Integer.toString(FEW + full.room));
        large.setRegistration("max-clients", Integer.toString(MANY + full.room));
        List<McpClient> strangers = List.of(McpClient.of(small), McpClient.of(large));
        strangers.forEach(stranger -> Awaited.untilAsserted(
                () -> assertThat(stranger.register(ClientMetadata.unique("Any")).status())
                        .isEqualTo(full.status)));
        strangers.forEach(stranger -> {
            for (int i = 0; i < WARM_UP; i++) {
                send(full, stranger);
            }
        });
        Cost few = Cost.NONE;
        Cost many = Cost.NONE;
        for (int round = 0; round < ROUNDS; round++) {
            boolean first = round % 2 == 0;
            Cost one = round(database, server, full, strangers.get(first ? 0 : 1));
            Cost other = round(database, server, full, strangers.get(first ? 1 : 0));
            few = few.plus(first ? one : other);
            many = many.plus(first ? other : one);
        }
        return List.of(few, many);
    }

    private static Cost round(PostgresServer database, DistributionKeycloak server, Full full, McpClient stranger) {
        long log = database.statements().end();
        Duration busy = server.cpu();
        Duration storing = database.cpu();
        for (int i = 0; i < REQUESTS; i++) {
            send(full, stranger);
        }
        return new Cost(
                database.statements().between(log, database.statements().end()).size(),
                server.cpu().minus(busy),
                database.cpu().minus(storing));
    }

    private static void send(Full full, McpClient stranger) {
        stranger.register(ClientMetadata.unique("Stranger")).expect(full.status);
    }

    @SuppressWarnings("SystemOut") // a table for the one who measures
    private static void print(Full full, List<Cost> costs) {
        double requests = ROUNDS * (double) REQUESTS;
        for (int i = 0; i < costs.size(); i++) {
            Cost cost = costs.get(i);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %.2f | %.2f |%n",
                    full,
                    i == 0 ? FEW : MANY,
                    cost.statements() / requests,
                    cost.server().toNanos() / 1e6 / requests,
                    cost.database().toNanos() / 1e6 / requests);
        }
    }
}
