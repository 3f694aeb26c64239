package io.github.keycloakmcp.tests.integration.registration;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests about one client at the same moment: each is answered, and nobody is given a client that another may take away. */
@KeycloakTest
class OwnershipRacesIT {

    private static final int ROUNDS = 12;
    private static final int PARTIES = 4;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final McpRealm realm;
    private final ExecutorService threads = Executors.newFixedThreadPool(2 * PARTIES);

    OwnershipRacesIT(McpRealm realm) {
        this.realm = realm;
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void aPartyThatRegistersWhileTheOwnerRemovesTheClientHasAClient() {
        for (int round = 0; round < ROUNDS; round++) {
            ClientMetadata wanted = metadata();
            Registration owner = McpClient.of(realm).register(wanted);
            List<CompletableFuture<HttpReply>> removals = List.of(
                    async(() -> McpClient.of(realm).deleteRegistration(owner)),
                    async(() -> McpClient.of(realm).deleteRegistration(owner)),
                    async(() -> removeAt("default", owner)),
                    async(() -> removeAt("install", owner)));
            List<Registration> others = registrations(wanted);
            assertThat(removals)
                    .extracting(CompletableFuture::join)
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as(answer.body()).isIn(204, 400, 401, 404, 405));
            assertThat(removals.subList(2, 4))
                    .extracting(CompletableFuture::join)
                    .noneMatch(answer -> answer.status() == 204);
            assertHonest(others, owner);
        }
    }

    @Test
    void aPartyThatRegistersWhileTheOwnerChangesTheClientSeesNoChange() {
        for (int round = 0; round < ROUNDS; round++) {
            ClientMetadata wanted = metadata();
            Registration owner = McpClient.of(realm).register(wanted);
            String changed = wanted.redirects("http://localhost:4711/attacker")
                    .with("client_id", owner.clientId())
                    .json()
                    .toString();
            List<CompletableFuture<Registration>> changes = IntStream.range(0, 3)
                    .mapToObj(i -> async(() -> McpClient.of(realm).updateRegistration(owner, changed)))
                    .toList();
            List<Registration> others = registrations(wanted);
            assertThat(changes)
                    .extracting(CompletableFuture::join)
                    .allSatisfy(answer -> assertThat(answer.status()).isIn(200, 401));
            assertHonest(others, owner);
            assertThat(others)
                    .allSatisfy(other -> assertThat(realm.clients()
                                    .get(other.clientId())
                                    .path("redirectUris")
                                    .toString())
                            .doesNotContain("attacker"));
        }
    }

    @Test
    void ofManyFirstRegistrationsAtOnceOneOwnsTheClient() {
        for (int round = 0; round < ROUNDS; round++) {
            List<Registration> parties = registrations(metadata());
            assertThat(parties)
                    .allSatisfy(party -> assertThat(realm.clients().contains(party.clientId()))
                            .isTrue());
            for (Registration party : parties) {
                long owners = parties.stream()
                        .filter(other -> other.clientId().equals(party.clientId()))
                        .filter(OwnershipRacesIT.this::manages)
                        .count();
                assertThat(owners).isLessThanOrEqualTo(1);
            }
        }
    }

    /** Each has a client that is there, and nobody manages one that several have. */
    private void assertHonest(List<Registration> others, Registration owner) {
        assertThat(others).allSatisfy(other -> {
            assertThat(realm.clients().contains(other.clientId())).isTrue();
            if (other.clientId().equals(owner.clientId()) && !other.json().has("registration_access_token")) {
                assertThat(manages(owner)).isFalse();
            }
        });
    }

    private boolean manages(Registration registration) {
        return registration.json().has("registration_access_token")
                && McpClient.of(realm).readRegistration(registration).status() == 200;
    }

    private List<Registration> registrations(ClientMetadata wanted) {
        List<CompletableFuture<Registration>> running = new ArrayList<>();
        for (int i = 0; i < PARTIES; i++) {
            running.add(async(() -> McpClient.of(realm).register(wanted)));
        }
        List<Registration> answers =
                running.stream().map(CompletableFuture::join).toList();
        answers.forEach(answer -> answer.expect(201));
        return answers;
    }

    private HttpReply removeAt(String endpoint, Registration owner) {
        return Http.plain()
                .with("Authorization", "Bearer " + owner.managementToken())
                .delete(URI.create(realm.issuer() + "/clients-registrations/" + endpoint + "/" + owner.clientId()));
    }

    private <T> CompletableFuture<T> async(Supplier<T> request) {
        return CompletableFuture.supplyAsync(request, threads);
    }

    private static ClientMetadata metadata() {
        return ClientMetadata.named("Raced " + NUMBER.incrementAndGet()).redirects("http://localhost:4711/callback");
    }
}
