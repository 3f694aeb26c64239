package io.github.keycloakmcp.tests.integration.registration;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that parties share is nobody's, and one that somebody has changed is not handed to another party. */
@KeycloakTest
class SharedClientIT {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final ClientMetadata metadata = ClientMetadata.named("Shared " + NUMBER.incrementAndGet())
            .redirects("http://localhost:4711/callback", "http://127.0.0.1:4711/callback");

    @Test
    void nobodyManagesASharedClient(McpRealm realm) {
        Registration first = registered(realm, metadata);
        Registration second = registered(realm, metadata);
        assertThat(second.json().has("registration_access_token")).isFalse();
        assertThat(second.json().has("registration_client_uri")).isFalse();
        assertThat(second.header("Location")).isEmpty();
        JsonNode before = realm.clients().get(first.clientId());
        McpClient attacker = McpClient.of(realm);
        String stolen = metadata.with("client_id", first.clientId())
                .redirects("http://localhost:4711/attacker")
                .json()
                .toString();
        ErrorAssertion.assertRefused(attacker.readRegistration(first), 401).hasError("invalid_token");
        ErrorAssertion.assertRefused(attacker.updateRegistration(first, stolen), 401)
                .hasError("invalid_token");
        ErrorAssertion.assertRefused(attacker.deleteRegistration(first), 401).hasError("invalid_token");
        assertThat(realm.clients().get(first.clientId())).isEqualTo(before);
    }

    @Test
    void aClientThatItsOwnerHasChangedIsNotHandedOut(McpRealm realm) {
        Registration trap = registered(realm, metadata);
        Registration changed = McpClient.of(realm)
                .updateRegistration(
                        trap,
                        metadata.with("client_id", trap.clientId())
                                .redirects("http://localhost:4711/attacker", "http://localhost:4711/callback")
                                .json()
                                .toString());
        changed.expect(200);
        Registration victim = registered(realm, metadata);
        assertThat(victim.clientId()).isNotEqualTo(trap.clientId());
        assertThat(victim.redirectUris()).noneMatch(uri -> uri.contains("attacker"));
        assertThat(victim.managementToken()).isNotBlank();
        McpClient.of(realm).readRegistration(changed).expect(200);
    }

    @Test
    void aClientIsNotHandedOutWhileItsOwnerChangesIt(McpRealm realm) {
        Registration first = registered(realm, metadata);
        String same = metadata.with("client_id", first.clientId()).json().toString();
        Registration unchanged = McpClient.of(realm).updateRegistration(first, same);
        unchanged.expect(200);
        Registration second = registered(realm, metadata);
        assertThat(second.clientId())
                .as("an update that began in the last minute may still be on its way")
                .isNotEqualTo(first.clientId());
    }

    /** Whoever hands out a client and whoever changes it overlap, as often as an attacker likes. */
    @Test
    void noOwnerChangesAClientUnderAnotherParty(McpRealm realm) {
        for (int round = 0; round < 8; round++) {
            ClientMetadata wanted = metadata.with("client_name", "Contested " + NUMBER.incrementAndGet());
            Registration trap = registered(realm, wanted);
            CompletableFuture<Registration> attack = CompletableFuture.supplyAsync(() -> change(realm, trap, wanted));
            Registration victim = registered(realm, wanted);
            Registration attacker = attack.join();
            JsonNode stored = realm.clients().get(victim.clientId());
            assertThat(stored.path("redirectUris").toString()).doesNotContain("attacker");
            if (victim.clientId().equals(trap.clientId())) {
                McpClient.of(realm).readRegistration(attacker).expect(401);
            }
        }
    }

    /** Changes a client back and forth until that is refused, and returns the last registration it had. */
    private static Registration change(McpRealm realm, Registration trap, ClientMetadata wanted) {
        Registration last = trap;
        for (int i = 0; i < 6; i++) {
            ClientMetadata next = i % 2 == 0 ? wanted : wanted.redirects("http://localhost:4711/attacker");
            Registration answer = McpClient.of(realm)
                    .updateRegistration(
                            last, next.with("client_id", trap.clientId()).json().toString());
            if (answer.status() != 200) {
                assertThat(answer.status()).isEqualTo(401);
                return last;
            }
            last = answer;
        }
        return last;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"Renamed\"}",
                "{\"redirectUris\": [\"http://localhost/else\"]}",
                "{\"attributes\": {\"mcp.registered\": \"\"}}",
                "{\"attributes\": {\"use.refresh.tokens\": \"false\"}}"
            })
    void aClientThatAnAdministratorHasChangedIsNotHandedOut(String change, McpRealm realm) {
        String id = registered(realm, metadata).clientId();
        assertThat(realm.put(realm.clients().path(id), change).statusCode()).isEqualTo(204);
        assertThat(registered(realm, metadata).clientId()).isNotEqualTo(id);
    }

    @Test
    void whatAnAdministratorGivesOneClientIsNotHandedOut(McpRealm realm) {
        String id = registered(realm, metadata).clientId();
        String mapper = """
                {"name": "more", "protocol": "openid-connect", "protocolMapper": "oidc-hardcoded-claim-mapper",
                 "config": {"claim.name": "more", "claim.value": "yes", "access.token.claim": "true"}}
                """;
        assertThat(realm.post(realm.clients().path(id) + "/protocol-mappers/models", mapper)
                        .statusCode())
                .isEqualTo(201);
        assertThat(registered(realm, metadata).clientId()).isNotEqualTo(id);
        assertThat(realm.clients().get(id).toString()).contains("more");
    }

    @Test
    void whoeverRegistersADisabledClientAgainIsTold(McpRealm realm) {
        String id = registered(realm, metadata).clientId();
        realm.clients().edit(id, client -> client.put("enabled", false));
        RefusalCheck.ofRegistrations(realm)
                .refused(() -> McpClient.of(realm).register(metadata), 403, "access_denied")
                .saying("disabled", "administrator");
        realm.clients().edit(id, client -> client.put("enabled", true));
        assertThat(registered(realm, metadata).clientId()).isEqualTo(id);
    }

    @Test
    void aRemovedClientRegistersAnew(McpRealm realm) {
        String id = registered(realm, metadata).clientId();
        realm.clients().delete(id);
        Registration again = registered(realm, metadata);
        assertThat(realm.clients().contains(again.clientId())).isTrue();
        McpClient.of(realm).readRegistration(again).expect(200);
        Registration own = registered(realm, metadata.with("client_name", "Removes itself"));
        McpClient.of(realm).deleteRegistration(own).expect(204);
        registered(realm, metadata.with("client_name", "Removes itself"));
    }

    @Test
    void clientsWithASecretAreNeverShared(McpRealm realm) {
        Registration first = registered(realm, metadata.confidential());
        Registration second = registered(realm, metadata.confidential());
        assertThat(second.clientId()).isNotEqualTo(first.clientId());
        assertThat(second.clientSecret()).isPresent().isNotEqualTo(first.clientSecret());
    }

    private static Registration registered(McpRealm realm, ClientMetadata metadata) {
        Registration answer = McpClient.of(realm).register(metadata);
        answer.expect(201);
        return answer;
    }
}
