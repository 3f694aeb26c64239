package io.github.keycloakmcp.tests.integration.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.Awaited;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The time of a client's last use is on the client, and seldom written. */
@KeycloakTest
class LastUseIT {

    private static final Duration LONG_AGO = Duration.ofDays(30);
    private static final Duration TODAY = Duration.ofHours(23);
    private static final Duration YESTERDAY = Duration.ofHours(25);

    private final McpRealm realm;
    private final ClientAge age;
    private final McpClient client;
    private final String id;

    LastUseIT(McpRealm realm) {
        this.realm = realm;
        this.age = new ClientAge(realm);
        this.client = McpClient.of(realm).registered(ClientMetadata.unique("Used"));
        this.id = client.clientId();
    }

    @Test
    void everyStepOfTheFlowIsAUse() {
        assertThat(age.lastUsed(id)).as("registering is no use").isEmpty();
        AuthorizationRequest request = request("mcp:tools offline_access");
        AuthorizationReply code = Browser.of("alice").authorize(request);
        assertNoted();
        age.used(id, LONG_AGO);
        Tokens tokens = client.redeem(request, code).tokens();
        assertNoted();
        age.used(id, YESTERDAY);
        client.refresh(tokens.refresh()).tokens();
        assertNoted();
    }

    @Test
    void aUseIsWrittenOnceInAnInterval() {
        Tokens tokens = client.obtain(Browser.of("alice"), request("mcp:tools"));
        String written = age.used(id, TODAY);
        Tokens next = client.refresh(tokens.refresh()).tokens();
        next = client.refresh(next.refresh()).tokens();
        assertThat(age.lastUsed(id)).contains(written);
        age.used(id, YESTERDAY);
        client.refresh(next.refresh()).tokens();
        assertNoted();
    }

    @Test
    void aRequestThatFailsIsNoUse() {
        Tokens tokens = client.obtain(Browser.of("alice"), request("mcp:tools"));
        String written = age.used(id, LONG_AGO);
        client.refresh(tokens.refresh(), McpRealm.SERVER_B).expect(400);
        client.refresh("nonsense").expect(400);
        // Not alice: Keycloak locks a user for a minute after two wrong passwords within a second.
        realm.post("/users", "{\"username\": \"mallory\", \"enabled\": true}");
        new Browser("mallory", "wrong").reach(request("mcp:tools"));
        Browser.of("bob").refuse(request("mcp:tools"));
        assertThat(age.lastUsed(id)).contains(written);
    }

    @Test
    void aClientOfAnAdministratorIsLeftAlone() {
        realm.clients().create("""
                {"clientId": "administered", "publicClient": true, "redirectUris": ["http://127.0.0.1/callback"],
                 "defaultClientScopes": ["basic", "mcp:tools"]}
                """);
        McpClient administered = McpClient.of(realm).identifiedBy("administered", null, ClientMetadata.LOOPBACK);
        Tokens tokens = administered.obtain(
                Browser.of("alice"), administered.authorization().resource(McpRealm.SERVER_A));
        administered.refresh(tokens.refresh()).tokens();
        assertThat(age.lastUsed("administered")).isEmpty();
        assertThat(age.registered("administered")).isEmpty();
    }

    @Test
    void registeringASharedClientAgainIsARegistration() {
        ClientMetadata metadata = ClientMetadata.unique("Shared");
        Registration first = McpClient.of(realm).register(metadata);
        String before = age.registered(first.clientId(), LONG_AGO);
        assertThat(McpClient.of(realm).register(metadata).clientId()).isEqualTo(first.clientId());
        Awaited.untilAsserted(() -> assertThat(age.registered(first.clientId()))
                .hasValueSatisfying(now -> assertThat(now).isGreaterThan(before)));
        assertThat(age.lastUsed(first.clientId())).isEmpty();
    }

    @Test
    void aRealmThatStoresNoEventsNotesUsesAsWell() {
        realm.update("{\"eventsEnabled\": false}");
        try {
            Browser.of("alice").authorize(request("mcp:tools"));
            assertNoted();
        } finally {
            realm.update("{\"eventsEnabled\": true}");
        }
    }

    @Test
    void manyAtOnceDisturbNobody() {
        List<Tokens> logins = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            logins.add(client.obtain(Browser.of("alice"), request("mcp:tools")));
        }
        age.used(id, LONG_AGO);
        List<CompletableFuture<TokenReply>> refreshes = logins.stream()
                .map(tokens -> CompletableFuture.supplyAsync(() -> client.refresh(tokens.refresh())))
                .toList();
        assertThat(refreshes.stream().map(CompletableFuture::join)).allMatch(TokenReply::issued);
        assertNoted();
    }

    private AuthorizationRequest request(String scope) {
        return client.authorization().resource(McpRealm.SERVER_A).scope(scope);
    }

    private void assertNoted() {
        Awaited.untilAsserted(() -> assertThat(age.lastUsed(id))
                .hasValueSatisfying(written -> assertThat(Long.parseLong(written))
                        .isGreaterThan(Instant.now().minusSeconds(600).getEpochSecond())));
    }
}
