package io.github.keycloakmcp.tests.integration.resource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every grant in every spelling, and every refresh in every spelling: the token is for server A, or there is none and both
 * the answer and the event say why. All rows share one login, so that each also shows that the rows before it left nothing
 * behind.
 */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrantTableIT {

    private static final String OFFLINE = "offline_access";

    /** A refresh token in use, by where it came from; refused refreshes leave it as it is. */
    private final Map<String, String> refreshTokens = new LinkedHashMap<>();

    private McpRealm realm;
    private GrantActors actors;

    @BeforeAll
    void logIn(McpRealm one) {
        realm = one;
        new Catalogue(realm).set("mcp-server-aliases", Spelling.OTHER_NAME + " " + McpRealm.SERVER_A);
        actors = new GrantActors(realm);
        for (Grant grant : List.of(Grant.CODE_BY_QUERY, Grant.DEVICE, Grant.EXCHANGE)) {
            refreshTokens.put(grant + "", first(grant, ""));
        }
        for (Grant grant : List.of(Grant.CODE_BY_QUERY, Grant.DEVICE)) {
            refreshTokens.put(grant + " " + OFFLINE, first(grant, OFFLINE));
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("grants")
    void aFirstTokenIsForTheNamedServerOrThereIsNone(Grant grant, Spelling spelling) {
        realm.clearEvents();
        Answer answer = actors.ask(grant, "", spelling.resources());
        if (spelling.isServerA()) {
            assertIssued(answer, grant.issued(), McpRealm.SERVER_A);
        } else if (spelling != Spelling.REPEATED) {
            assertThat(answer.error()).contains(grant.error(spelling));
            assertRefused(grant.refused(), grant.recorded(spelling));
        } else if (grant.errorForTwoServers().isEmpty()) {
            assertIssued(answer, grant.issued(), McpRealm.SERVER_A, McpRealm.SERVER_B);
        } else {
            assertThat(answer.error()).isEqualTo(grant.errorForTwoServers());
            RecordedRefusal.assertNothingIssued(realm);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refreshes")
    void aRefreshedTokenIsForTheGrantedServerOrThereIsNone(String origin, Spelling spelling) {
        realm.clearEvents();
        Answer answer = actors.refresh(refreshTokens.getOrDefault(origin, ""), spelling.resources());
        if (spelling.isServerA() || spelling == Spelling.NOTHING) {
            assertIssued(answer, "REFRESH_TOKEN", McpRealm.SERVER_A);
            refreshTokens.put(origin, answer.tokens().map(Tokens::refresh).orElse(""));
        } else if (spelling == Spelling.REPEATED) {
            assertThat(answer.error()).contains("invalid_request");
            RecordedRefusal.assertNothingIssued(realm);
        } else {
            assertThat(answer.error()).contains("invalid_target");
            assertRefused("REFRESH_TOKEN_ERROR", "invalid_target");
        }
    }

    static Stream<Arguments> grants() {
        return Stream.of(Grant.values())
                .flatMap(grant -> Stream.of(Spelling.values()).map(spelling -> Arguments.of(grant, spelling)));
    }

    Stream<Arguments> refreshes() {
        return refreshTokens.keySet().stream()
                .flatMap(origin -> Stream.of(Spelling.values()).map(spelling -> Arguments.of(origin, spelling)));
    }

    private String first(Grant grant, String moreScopes) {
        return actors.ask(grant, moreScopes, McpRealm.SERVER_A)
                .tokens()
                .orElseThrow()
                .refresh();
    }

    private void assertIssued(Answer answer, String event, String... servers) {
        assertThat(answer.error()).isEmpty();
        assertThat(answer.tokens().map(Tokens::audience).orElse(List.of())).containsExactlyInAnyOrder(servers);
        assertThat(realm.events(event))
                .singleElement()
                .satisfies(recorded -> assertThat(
                                Optional.ofNullable(recorded.details().get("mcp_resource")))
                        .contains(String.join(" ", servers)));
    }

    /** Keycloak records what it refuses at a push twice, for the policy and for the endpoint. */
    private void assertRefused(String event, String error) {
        assertThat(realm.events(event))
                .isNotEmpty()
                .extracting(RealmEvent::error)
                .containsOnly(Optional.of(error));
        RecordedRefusal.assertNothingIssued(realm);
    }
}
