package io.github.keycloakmcp.tests.integration.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.OAuthReply;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.KeycloakCluster;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.restassured.response.Response;

import static io.github.keycloakmcp.tests.server.McpRealm.SERVER_A;

/** What clients, users and an administrator do all day, at both nodes, while something happens to the nodes. */
final class MixedLoad implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(60);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Outcomes outcomes;
    private final DocumentHost documents;
    private final Workers workers;

    /** One request. */
    private interface Step {
        void run(String worker);
    }

    MixedLoad(KeycloakCluster cluster, McpRealm realm, DocumentHost documents, Outcomes outcomes) {
        this(cluster, realm, documents, outcomes, PAUSE);
    }

    /** The same, where each worker waits for {@code pause} between two requests. */
    MixedLoad(KeycloakCluster cluster, McpRealm realm, DocumentHost documents, Outcomes outcomes, Duration pause) {
        this.workers = new Workers(pause);
        this.documents = documents;
        this.outcomes = outcomes;
        List<DistributionKeycloak> nodes = cluster.nodes();
        for (int node = 0; node < nodes.size(); node++) {
            McpRealm here = realm.at(nodes.get(node));
            String at = " at node " + (node + 1);
            McpClient nobody = McpClient.of(here);
            McpClient machine = nobody.identifiedBy("demo-machine", "demo-machine-secret", "");
            McpClient user = nobody.registered(ClientMetadata.unique("User" + at));
            start("registration" + at, worker -> register(worker, nobody));
            start("document" + at, worker -> open(worker, nobody));
            start("machine" + at, worker -> token(worker, machine.clientCredentials("", SERVER_A)));
            start("login" + at, worker -> logIn(worker, user));
            start("refresh" + at, refreshing(user));
            start("administrator" + at, worker -> change(worker, here, user.clientId()));
        }
    }

    Set<String> workers() {
        return workers.names();
    }

    private void start(String name, Step step) {
        workers.start(name, () -> once(name, step));
    }

    /**
     * A node that is down refuses connections or breaks them; a page in the wrong place is what a user sees of an error. REST
     * Assured throws {@link IOException} without declaring it.
     */
    private void once(String worker, Step step) {
        try {
            step.run(worker);
        } catch (AssertionError e) {
            outcomes.failed(worker, "another page than expected");
        } catch (Exception e) {
            boolean silent = e instanceof IOException || e instanceof UncheckedIOException;
            outcomes.failed(worker, silent ? "no answer" : "another page than expected");
            workers.pause(3);
        }
    }

    private void register(String worker, McpClient nobody) {
        Registration answer = nobody.register(ClientMetadata.named("Load " + NUMBER.incrementAndGet()));
        if (judge(worker, answer, 201)) {
            outcomes.created(answer.clientId());
        }
    }

    private void open(String worker, McpClient nobody) {
        String url = documents.publish(
                "/" + NUMBER.incrementAndGet(), "\"redirect_uris\": [\"http://localhost:4711/callback\"]");
        McpClient client = nobody.identifiedBy(url, null, "http://localhost:4711/callback");
        Page page =
                Browser.of("bob").open(client.authorization().resource(SERVER_A).uri());
        if (page.isLogin()) {
            outcomes.created(url);
            outcomes.succeeded(worker);
        } else {
            outcomes.failed(worker, "page " + page.status());
        }
    }

    private boolean token(String worker, TokenReply reply) {
        if (!judge(worker, reply, 200)) {
            return false;
        }
        if (!reply.tokens().audience().equals(List.of(SERVER_A))) {
            outcomes.violated(worker + " got a token for " + reply.tokens().audience());
        }
        return true;
    }

    private void logIn(String worker, McpClient user) {
        Tokens tokens = user.obtain(Browser.of("alice"), user.authorization().resource(SERVER_A));
        if (!tokens.audience().equals(List.of(SERVER_A))) {
            outcomes.violated(worker + " got a token for " + tokens.audience());
        }
        outcomes.succeeded(worker);
    }

    /** Keeps one session. It may end only after an answer was lost: then the client has not got its new refresh token. */
    private Step refreshing(McpClient user) {
        List<String> newest = new ArrayList<>(List.of(""));
        boolean[] lost = {false};
        return worker -> {
            if (newest.get(0).isEmpty()) {
                newest.set(
                        0,
                        user.obtain(Browser.of("alice"), user.authorization().resource(SERVER_A))
                                .refresh());
                lost[0] = false;
                return;
            }
            boolean before = lost[0];
            lost[0] = true;
            TokenReply reply = user.refresh(newest.get(0));
            if (token(worker, reply)) {
                lost[0] = false;
                newest.set(0, reply.tokens().refresh());
            } else if (reply.status() == 400) {
                if (!before) {
                    outcomes.violated(
                            worker + " lost its session: " + reply.reply().body());
                }
                newest.set(0, "");
            }
        };
    }

    private void change(String worker, McpRealm here, String clientId) {
        String value = Integer.toString(NUMBER.incrementAndGet());
        Response answer = here.put(here.clients().path(clientId), "{\"description\": \"" + value + "\"}");
        if (answer.statusCode() == 204) {
            outcomes.stored(clientId, value);
            outcomes.succeeded(worker);
        } else {
            outcomes.failed(worker, "administrator " + answer.statusCode());
        }
    }

    /** Every error is JSON with an OAuth error in it, also from a server that has lost its database. */
    private boolean judge(String worker, OAuthReply reply, int expected) {
        int status = reply.reply().statusCode();
        if (status == expected) {
            outcomes.succeeded(worker);
            return true;
        }
        if (!reply.reply().body().contains("\"error\"") && !isStarting(reply)) {
            outcomes.violated(worker + " got an error in another form: " + status + " "
                    + reply.reply().body());
        }
        outcomes.failed(worker, worker.replaceAll(" .*", "") + " " + status);
        return false;
    }

    /** Keycloak's own words, before any extension runs: a load balancer that asks for readiness sends nothing to such a node. */
    private static boolean isStarting(OAuthReply reply) {
        return reply.reply().statusCode() == 503 && reply.reply().body().startsWith("Bootstrap in progress. Retry in ");
    }

    /** Ends the load when each worker has ended its last request. */
    @Override
    public void close() {
        workers.close();
    }
}
