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
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One user, one client, one browser, five servers and two hundred logins, which are refreshed in parallel while further ones
 * are still being made: no token is ever for another server than its own login was, not even after a restart.
 */
@KeycloakTest(
        variables = "MCP_SERVERS=https://s0.example/mcp##https://s1.example/mcp##https://s2.example/mcp"
                + "##https://s3.example/mcp##https://s4.example/mcp")
@ResourceLock(KeycloakTest.SERVER)
class ManyLoginsIT {

    private static final int LOGINS = 200;
    private static final int SERVERS = 5;
    private static final int THREADS = 8;

    private final McpClient client;

    ManyLoginsIT(McpRealm realm) {
        this.client = McpClient.of(realm).registered(ClientMetadata.unique("Crowd"));
    }

    /** Where a login has got to: the server it was for, and the refresh token in use. */
    private record Login(String server, String refreshToken) {}

    @Test
    void noAudienceEverCrosses(KeycloakServer server) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Login> logins = results(logIn(threads));
            assertThat(logins).hasSize(LOGINS);
            if (server instanceof DistributionKeycloak) {
                server.restart();
            }
            List<Callable<Login>> refreshes = new ArrayList<>();
            logins.forEach(login -> refreshes.add(() -> refreshed(login)));
            assertThat(results(threads.invokeAll(refreshes))).hasSize(LOGINS);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The browser does one thing after the other; what follows each login happens beside the next ones. */
    private List<Future<Login>> logIn(ExecutorService threads) {
        Browser browser = Browser.of("alice");
        List<Future<Login>> logins = new ArrayList<>();
        for (int i = 0; i < LOGINS; i++) {
            String server = "https://s" + i % SERVERS + ".example/mcp";
            String scope = i % 2 == 0 ? "mcp:tools" : "mcp:tools offline_access";
            AuthorizationRequest request =
                    client.authorization().resource(server).scope(scope);
            AuthorizationReply reply = browser.authorize(request);
            logins.add(threads.submit(() -> {
                Tokens tokens = client.redeem(request, reply).tokens();
                TokenAssertion.assertThat(tokens).isFor(server);
                return refreshed(new Login(server, tokens.refresh()));
            }));
        }
        return logins;
    }

    private Login refreshed(Login login) {
        Tokens tokens = client.refresh(login.refreshToken()).tokens();
        TokenAssertion.assertThat(tokens).isFor(login.server());
        return new Login(login.server(), tokens.refresh());
    }

    private static List<Login> results(List<Future<Login>> futures) throws InterruptedException, ExecutionException {
        List<Login> results = new ArrayList<>();
        for (Future<Login> future : futures) {
            results.add(future.get());
        }
        return results;
    }
}
