package io.github.keycloakmcp.admin;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.DatabaseFailure;
import io.github.keycloakmcp.platform.OwnTransaction;
import jakarta.ws.rs.core.Response;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.cluster.ExecutionResult;

/**
 * Makes one change of a realm at a time, on whichever node of the cluster. Every change reads the realm, decides and
 * writes; of two that read the same, the second would undo the first while both are answered with success.
 *
 * <p>A change has a transaction of its own, which is over before the next one begins. In the transaction of the request it
 * would be written after the turn has been passed on.
 */
final class RealmChange {

    private static final String KEY = "mcp-admin-";

    /** A change takes well below a second. If a node dies in one, the others wait this long. */
    private static final int STALE_SECONDS = 60;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The threads of a node take turns here, so that of each node only one asks the cluster. */
    private static final Lock[] NODE =
            Stream.generate(() -> new ReentrantLock(true)).limit(64).toArray(Lock[]::new);

    private final AdminContext admin;

    RealmChange(AdminContext admin) {
        this.admin = admin;
    }

    /** Answers what {@code change} answers, with 409 where other changes of the realm take too long. */
    Response make(Function<AdminContext, Response> change) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Lock turn = NODE[Math.floorMod(admin.realm().getId().hashCode(), NODE.length)];
        try {
            if (!turn.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                return busy();
            }
            try {
                return makeInCluster(change, end);
            } finally {
                turn.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return busy();
        }
    }

    private Response makeInCluster(Function<AdminContext, Response> change, long end) throws InterruptedException {
        ClusterProvider cluster = admin.session().getProvider(ClusterProvider.class);
        while (System.nanoTime() < end) {
            ExecutionResult<Response> result = cluster.executeIfNotExecuted(
                    KEY + admin.realm().getId(), STALE_SECONDS, () -> makeInTransaction(change));
            if (result.isExecuted()) {
                return result.getResult();
            }
            Thread.sleep(ThreadLocalRandom.current().nextLong(5, 30));
        }
        return busy();
    }

    private Response makeInTransaction(Function<AdminContext, Response> change) {
        try {
            return OwnTransaction.result(
                    admin.session().getKeycloakSessionFactory(),
                    admin.session().getContext(),
                    session -> change.apply(admin.in(session)));
        } catch (RuntimeException e) {
            if (DatabaseFailure.of(e).equals(Optional.of(DatabaseFailure.UNSTORABLE))) {
                return JsonResponses.error(
                        Response.Status.BAD_REQUEST,
                        "the database cannot store a text: it is too long, or has characters such as emoji");
            }
            throw e;
        }
    }

    private static Response busy() {
        return JsonResponses.error(
                Response.Status.CONFLICT, "other changes of this realm are still being made; send this one again");
    }
}
