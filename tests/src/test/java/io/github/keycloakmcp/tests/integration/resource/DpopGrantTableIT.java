package io.github.keycloakmcp.tests.integration.resource;

import java.util.Optional;

import io.github.keycloakmcp.tests.client.DpopKey;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every grant of a client that proves its key: the token is bound to the key and to the server, or there is none. */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DpopGrantTableIT {

    private static final String EVIL = "https://evil.example/mcp";

    private final DpopKey key = DpopKey.generate();
    private McpRealm realm;
    private GrantActors actors;

    @BeforeAll
    void logIn(McpRealm one) {
        realm = one;
        actors = new GrantActors(realm, key);
    }

    @BeforeEach
    void clearEvents() {
        realm.clearEvents();
    }

    @ParameterizedTest
    @EnumSource
    void aFirstTokenAndItsRefreshesAreBoundToKeyAndServer(Grant grant) {
        if (isRefusedByKeycloak(grant)) {
            assertThat(actors.ask(grant, "", McpRealm.SERVER_B).error()).contains("invalid_request");
            return;
        }
        Tokens tokens = issued(actors.ask(grant, "", McpRealm.SERVER_B), McpRealm.SERVER_B);
        if (tokens.refreshToken().isPresent()) {
            assertThat(actors.refresh(grant, tokens.refresh(), McpRealm.SERVER_A)
                            .error())
                    .contains("invalid_target");
            issued(actors.refresh(grant, tokens.refresh()), McpRealm.SERVER_B);
        }
    }

    @ParameterizedTest
    @CsvSource({"CODE_BY_QUERY, offline_access", "PUSHED_REQUEST, offline_access", "DEVICE, offline_access"})
    void anOfflineTokenIsBoundToKeyAndServer(Grant grant, String scope) {
        Tokens tokens = issued(actors.ask(grant, scope, McpRealm.SERVER_A), McpRealm.SERVER_A);
        issued(actors.refresh(grant, tokens.refresh()), McpRealm.SERVER_A);
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownServerIsRefusedWithAProofToo(Grant grant) {
        assertThat(actors.ask(grant, "", EVIL).error())
                .contains(isRefusedByKeycloak(grant) ? "invalid_request" : grant.error(Spelling.UNKNOWN));
        RecordedRefusal.assertNothingIssued(realm);
    }

    /** Keycloak calls it an invalid request. */
    @ParameterizedTest
    @EnumSource
    void withoutAProofThereIsNoToken(Grant grant) {
        assertThat(actors.unproven().ask(grant, "", McpRealm.SERVER_A).error())
                .isEqualTo(Optional.of("invalid_request"));
        assertThat(realm.events(grant.issued())).isEmpty();
    }

    /** Keycloak 26.6 exchanges no token that is bound to a key, not even for the client that has the key. */
    private static boolean isRefusedByKeycloak(Grant grant) {
        return grant == Grant.EXCHANGE && TestSettings.keycloakVersion().startsWith("26.6.");
    }

    private Tokens issued(Answer answer, String server) {
        assertThat(answer.error()).isEmpty();
        Tokens tokens = answer.tokens().orElseThrow();
        TokenAssertion.assertThat(tokens).isFor(server);
        assertThat(tokens.access().claims().at("/cnf/jkt").asText()).isEqualTo(key.thumbprint());
        assertThat(tokens.response().path("token_type").asText()).isEqualTo("DPoP");
        return tokens;
    }
}
