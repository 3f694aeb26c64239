package io.github.keycloakmcp.tests.integration.resource;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three servers, four scopes and three roles, over every grant and the refresh after it: no token carries a scope of another
 * server, nor one without its role. The client has a scope of server B as default, which no token for another server carries.
 */
@KeycloakTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerScopesIT {

    private static final List<String> SERVERS = List.of(McpRealm.SERVER_A, McpRealm.SERVER_B, ServerScope.PLAIN);
    private static final List<String> ROLES = List.of("", "writer", "searcher");
    private static final Set<String> MCP_SCOPES = Stream.concat(
                    Stream.of("mcp:tools"), Stream.of(ServerScope.values()).map(ServerScope::scope))
            .collect(Collectors.toUnmodifiableSet());

    private final Map<String, ScopeActors> actors = new LinkedHashMap<>();
    private McpRealm realm;

    @BeforeAll
    void declare(McpRealm one) {
        realm = one;
        ServerScope.declare(realm);
        ROLES.forEach(role -> actors.put(role, new ScopeActors(realm, role)));
    }

    @ParameterizedTest(name = "{0} as ''{1}''")
    @MethodSource("rows")
    void aTokenCarriesTheScopesOfItsServerForWhichItsUserHasTheRoles(ScopeActors.Way way, String role) {
        for (String server : SERVERS) {
            assertAnswer(way, role, server, "", expected(server, role, Set.of()));
            for (ServerScope scope : ServerScope.values()) {
                assertAnswer(way, role, server, scope.scope(), expected(server, role, Set.of(scope)));
            }
        }
        assertAnswer(
                way,
                role,
                McpRealm.SERVER_A,
                "calendar:read calendar:write search",
                expected(
                        McpRealm.SERVER_A,
                        role,
                        Set.of(ServerScope.CALENDAR_READ, ServerScope.CALENDAR_WRITE, ServerScope.SEARCH)));
    }

    @Test
    void aRoleThatIsTakenAwayTakesItsScopeAtTheNextRefreshAndTheLastOneEndsIt() {
        ScopeActors writer = actor("writer");
        Tokens both = writer.ask(ScopeActors.Way.CODE, McpRealm.SERVER_A, "calendar:read calendar:write")
                .tokens()
                .orElseThrow();
        Tokens one = writer.ask(ScopeActors.Way.OFFLINE, McpRealm.SERVER_A, "calendar:write")
                .tokens()
                .orElseThrow();
        String membership = "/users/" + realm.userId("user-writer") + ServerScope.group(realm, "writer");
        AdminApi.succeeded("DELETE", membership, realm.delete(membership));
        try {
            assertScopes(writer.refresh(both.refresh()).tokens(), Set.of("calendar:read"));
            realm.clearEvents();
            ErrorAssertion.assertRefused(writer.refresh(one.refresh()), 400).hasError("access_denied");
            RecordedRefusal.assertRecorded(realm, "REFRESH_TOKEN_ERROR", "access_denied", "writer");
        } finally {
            AdminApi.succeeded("PUT", membership, realm.put(membership, "{}"));
        }
        assertScopes(writer.refresh(one.refresh()).tokens(), Set.of("calendar:write"));
    }

    @Test
    void aScopeThatIsTakenFromItsServerIsLeftOutOfTheNextRefresh() {
        ScopeActors user = actor("");
        Tokens tokens = user.ask(ScopeActors.Way.CODE, McpRealm.SERVER_A, "calendar:read")
                .tokens()
                .orElseThrow();
        move("calendar:read", McpRealm.SERVER_B);
        try {
            Tokens next = user.refresh(tokens.refresh()).tokens();
            assertThat(next.audience()).containsExactly(McpRealm.SERVER_A);
            assertScopes(next, Set.of("mcp:tools"));
        } finally {
            move("calendar:read", McpRealm.SERVER_A);
        }
    }

    /** The second client has registered for another scope, and asks for one that it learned from its server. */
    @Test
    void aSelfRegisteredClientGetsTheScopesThatItRequestsAndTheMetadataListsNone() {
        McpClient client = McpClient.of(realm);
        assertThat(client.server().list("scopes_supported"))
                .contains("mcp:tools")
                .doesNotContain("calendar:read", "mail:read", "search");
        Registration named = client.register(ClientMetadata.named("Calendar").scope("mcp:tools calendar:read"));
        assertThat(named.scopes()).containsExactlyInAnyOrder("mcp:tools", "calendar:read");
        for (McpClient one : List.of(client.identifiedBy(named), client.registered(ClientMetadata.named("Later")))) {
            AuthorizationRequest request =
                    one.authorization().resource(McpRealm.SERVER_A).scope("calendar:read");
            assertScopes(one.obtain(Browser.of("alice"), request), Set.of("calendar:read"));
            realm.clearEvents();
            AuthorizationReply wrong = Browser.of("alice")
                    .open(request.resource(McpRealm.SERVER_B).uri())
                    .answer();
            ErrorAssertion.assertRefused(wrong).hasError("invalid_scope").saying("calendar:read");
            RecordedRefusal.assertRecorded(realm, "LOGIN_ERROR", "invalid_scope", "calendar:read");
        }
    }

    static Stream<Arguments> rows() {
        return Arrays.stream(ScopeActors.Way.values())
                .flatMap(way -> ROLES.stream().map(role -> Arguments.of(way, role)));
    }

    /** The scopes of the token, or the error. The client requests {@code mail:read} with everything, as a default scope. */
    private static Object expected(String server, String role, Set<ServerScope> named) {
        if (named.stream().anyMatch(scope -> !scope.isOf(server))) {
            return "invalid_scope";
        }
        Set<ServerScope> requested = Stream.concat(named.stream(), Stream.of(ServerScope.MAIL_READ))
                .filter(scope -> scope.isOf(server))
                .collect(Collectors.toSet());
        Set<String> permitted = requested.stream()
                .filter(scope -> scope.isFor(role))
                .map(ServerScope::scope)
                .collect(Collectors.toSet());
        if (requested.isEmpty()) {
            return Set.of("mcp:tools");
        }
        return permitted.isEmpty() ? "access_denied" : permitted;
    }

    private void assertAnswer(ScopeActors.Way way, String role, String server, String scope, Object expected) {
        ScopeActors actor = actor(role);
        String row = way + " as '" + role + "' for " + server + ": " + scope;
        Answer answer = actor.ask(way, server, scope);
        if (expected instanceof String error) {
            assertThat(answer.error()).as(row).contains(error);
            return;
        }
        Tokens tokens = answer.tokens().orElseThrow(() -> new AssertionError(row + ": " + answer.error()));
        assertThat(tokens.audience()).as(row).containsExactly(server);
        assertScopes(tokens, expected);
        if (tokens.refreshToken().isPresent()) {
            Tokens next = actor.refresh(tokens.refresh()).tokens();
            assertThat(next.audience()).as("refreshed " + row).containsExactly(server);
            assertScopes(next, expected);
        }
    }

    /** The response tells what the token carries. */
    private static void assertScopes(Tokens tokens, Object expected) {
        assertThat(mcp(tokens.scopes().stream())).isEqualTo(expected);
        assertThat(Stream.of(tokens.response().path("scope").asText().split(" ")))
                .containsExactlyInAnyOrderElementsOf(tokens.scopes());
    }

    private static Set<String> mcp(Stream<String> scopes) {
        return scopes.filter(MCP_SCOPES::contains).collect(Collectors.toSet());
    }

    private ScopeActors actor(String role) {
        return Objects.requireNonNull(actors.get(role), role);
    }

    private void move(String scope, String server) {
        realm.scopes()
                .editMapper(
                        scope,
                        Catalogue.MAPPER,
                        mapper -> mapper.withObject("/config").put("mcp-servers", server));
    }
}
