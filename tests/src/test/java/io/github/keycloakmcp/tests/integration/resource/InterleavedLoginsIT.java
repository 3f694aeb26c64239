package io.github.keycloakmcp.tests.integration.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Logins of one client in one browser share one session on the server; their audiences must never cross. */
@KeycloakTest
class InterleavedLoginsIT {

    private static final String A = McpRealm.SERVER_A;
    private static final String B = McpRealm.SERVER_B;
    private static final int THREADS = 4;
    private static final int ROUNDS = 5;

    private final McpClient client;
    private final Browser browser = Browser.of("alice");

    InterleavedLoginsIT(McpRealm realm) {
        this.client = McpClient.of(realm).registered(ClientMetadata.unique("Weaver"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp:tools", "mcp:tools offline_access"})
    void refreshingInAnyOrderKeepsEachServer(String scope) {
        Tokens forA = client.obtain(browser, request(A, scope));
        Tokens forB = client.obtain(browser, request(B, scope));
        for (int i = 0; i < 3; i++) {
            forA = refreshed(forA, A);
            forB = refreshed(forB, B);
            forB = refreshed(forB, B);
            forA = refreshed(forA, A);
        }
        ErrorAssertion.assertRefused(client.refresh(forA.refresh(), B), 400).hasError("invalid_target");
        ErrorAssertion.assertRefused(client.refresh(forB.refresh(), A), 400).hasError("invalid_target");
    }

    @Test
    void codesRedeemedInTheOtherOrderKeepEachServer() {
        AuthorizationRequest first = request(A, "mcp:tools");
        AuthorizationRequest second = request(B, "mcp:tools");
        AuthorizationReply firstReply = browser.authorize(first);
        AuthorizationReply secondReply = browser.authorize(second);
        Tokens forB = client.redeem(second, secondReply).tokens();
        Tokens forA = client.redeem(first, firstReply).tokens();
        assertThat(forA.claim("sid")).isEqualTo(forB.claim("sid"));
        refreshed(forB, B);
        refreshed(forA, A);
    }

    @Test
    void aLoginForOneServerWhileTheOtherLoginIsStillOpenKeepsEachServer() {
        AuthorizationRequest first = request(A, "mcp:tools");
        AuthorizationRequest second = request(B, "mcp:tools");
        var firstLogin = browser.open(first.uri());
        var secondLogin = browser.open(second.uri());
        assertThat(firstLogin.isLogin() && secondLogin.isLogin()).isTrue();
        AuthorizationReply secondReply =
                browser.accept(browser.logIn(secondLogin)).answer();
        TokenAssertion.assertThat(client.redeem(second, secondReply).tokens()).isFor(B);
        TokenAssertion.assertThat(client.obtain(browser, first)).isFor(A);
    }

    @Test
    void parallelLoginsAndRefreshesKeepEachServer() throws InterruptedException, ExecutionException {
        client.obtain(browser, request(A, "mcp:tools"));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                List<Callable<Tokens>> chains = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    String server = i % 2 == 0 ? A : B;
                    AuthorizationRequest request = request(server, "mcp:tools");
                    AuthorizationReply reply = browser.authorize(request);
                    chains.add(() -> refreshed(client.redeem(request, reply).tokens(), server));
                }
                for (Future<Tokens> chain : threads.invokeAll(chains)) {
                    assertThat(chain.get().audience()).hasSize(1);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Tokens refreshed(Tokens tokens, String server) {
        TokenAssertion.assertThat(tokens).isFor(server);
        Tokens next = client.refresh(tokens.refresh()).tokens();
        TokenAssertion.assertThat(next).isFor(server);
        return next;
    }

    private AuthorizationRequest request(String server, String scope) {
        return client.authorization().resource(server).scope(scope);
    }
}
