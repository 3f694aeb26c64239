package io.github.keycloakmcp.tests.integration.registration;

import java.util.stream.Stream;

import io.github.keycloakmcp.tests.server.Json;

/** Every hostile registration, sent as an update of a client that is good; {@code CLIENT_ID} stands for its identifier. */
final class HostileUpdates {

    private HostileUpdates() {}

    static Stream<Hostile> rows() {
        Stream<Hostile> clients = Stream.concat(HostileRedirects.rows(), HostileMembers.rows())
                .filter(row -> row.body().length() < 10_000)
                .map(HostileUpdates::asUpdate);
        return Stream.concat(clients, HostileBodies.rows().limit(6));
    }

    private static Hostile asUpdate(Hostile row) {
        String body = Json.parseObject(row.body()).put("client_id", "CLIENT_ID").toString();
        return new Hostile(row.name(), body, row.error(), row.status());
    }
}
