package io.github.keycloakmcp.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

import io.github.keycloakmcp.rule.Loopback;
import org.jboss.logging.Logger;

/**
 * Reads a JSON document at a URL that a stranger has named. It works in a few threads of its own, so that a request can stop
 * waiting for anything that hangs, a name server included; when all of them are busy, it says so at once.
 */
public final class GuardedFetch implements Fetch {

    /** Longest time that a request waits. */
    public static final Duration LIMIT = Deadline.LIMIT;

    /** Longest document in bytes. */
    public static final int MAX_LENGTH = AnswerReader.MAX_LENGTH;

    private static final int IDLE_SECONDS = 30;

    private static final Logger LOG = Logger.getLogger(GuardedFetch.class);

    private final HttpExchange http;
    /** How many of a hundred threads read documents of unknown hosts. */
    private static final int UNEXPECTED = 60;

    private final FetchSlots slots;
    private final ExecutorService workers;

    GuardedFetch(HttpExchange http, int threads) {
        this.http = http;
        this.slots = new FetchSlots(System::nanoTime, Math.max(1, threads * UNEXPECTED / 100));
        this.workers =
                new ThreadPoolExecutor(0, threads, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "keycloak-mcp-fetch");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** What is wrong with the settings of outgoing proxies; requests through these fail. */
    public static List<String> proxyProblems() {
        return OutgoingProxies.configured().problems();
    }

    /** The real one, on the real network. */
    public static GuardedFetch withThreads(int threads) {
        return new GuardedFetch(
                new HttpExchange(InetAddress::getAllByName, SocketFactory.getDefault(), OutgoingProxies.configured()),
                threads);
    }

    /**
     * Reads a document.
     *
     * @param tls with the certificates that are trusted
     * @param deadline when the caller has to go on
     */
    @Override
    public FetchAnswer get(FetchRequest request, SSLSocketFactory tls, Deadline deadline) {
        if (Loopback.isLoopback(request.host()) != request.loopback()) {
            return new FetchAnswer.Failure("this computer is not to be called", false);
        }
        Optional<String> full = slots.enter(request.server(), request.expected(), deadline.nanosLeft());
        if (full.isPresent()) {
            return new FetchAnswer.Failure(full.get(), true, false);
        }
        Connection connection = http.connection(deadline);
        try {
            return await(workers.submit(() -> exchange(request, connection, tls)), connection, deadline);
        } catch (RejectedExecutionException e) {
            slots.leave(request.server(), request.expected(), true);
            return new FetchAnswer.Failure("too many documents are being read at the moment", true, false);
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private static FetchAnswer await(Future<FetchAnswer> work, Connection connection, Deadline deadline) {
        try {
            return work.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            giveUp(connection);
            return new FetchAnswer.Failure("no complete answer within the time limit", true);
        } catch (InterruptedException e) {
            giveUp(connection);
            Thread.currentThread().interrupt();
            return new FetchAnswer.Failure("interrupted", true);
        } catch (ExecutionException e) {
            return new FetchAnswer.Failure("failed with " + e.getCause(), false);
        }
    }

    private static void giveUp(Connection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("a connection could not be closed", e);
        }
    }

    private FetchAnswer exchange(FetchRequest request, Connection connection, SSLSocketFactory tls) {
        FetchAnswer answer = new FetchAnswer.Failure("failed unexpectedly", false);
        try {
            answer = http.run(request, connection, tls);
        } catch (ForbiddenAddressException e) {
            answer = new FetchAnswer.Failure(String.valueOf(e.getMessage()), false);
        } catch (IOException e) {
            answer = new FetchAnswer.Failure("cannot be read: " + e, true);
        } finally {
            boolean silent = answer instanceof FetchAnswer.Failure failure && failure.temporary();
            slots.leave(request.server(), request.expected(), !silent);
        }
        return answer;
    }
}
