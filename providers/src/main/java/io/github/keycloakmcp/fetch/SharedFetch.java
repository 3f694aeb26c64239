package io.github.keycloakmcp.fetch;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLSocketFactory;

/**
 * Reads a URL once for all who want it at the same time, and remembers for a while that it could not be read. Without it
 * everybody who opens a login page makes this server send as many requests to a host as they like.
 */
public final class SharedFetch implements AutoCloseable {

    /** How long a failure is remembered. On this computer, where only developers have documents, it is not. */
    static final Duration REMEMBERED = Duration.ofSeconds(45);

    /** Most failures that are remembered; the oldest is forgotten first. */
    static final int MAX_REMEMBERED = 1000;

    private static final FetchAnswer LATE =
            new FetchAnswer.Failure("no complete answer within the time limit", true, false);

    private final Fetch source;
    private final LongSupplier nanoTime;
    private final Map<FetchRequest, CompletableFuture<FetchAnswer>> running = new ConcurrentHashMap<>();
    private final Map<URI, Failed> failed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Failed> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    private record Failed(FetchAnswer.Failure failure, long since) {}

    SharedFetch(Fetch source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /** The real one, on the real network. */
    public static SharedFetch withThreads(int threads) {
        return new SharedFetch(GuardedFetch.withThreads(threads), System::nanoTime);
    }

    /** Reads a document, as {@link GuardedFetch#get} does. */
    public FetchAnswer get(FetchRequest request, SSLSocketFactory tls, Deadline deadline) {
        Optional<FetchAnswer> remembered = remembered(request.uri());
        if (remembered.isPresent()) {
            return remembered.get();
        }
        CompletableFuture<FetchAnswer> own = new CompletableFuture<>();
        CompletableFuture<FetchAnswer> other = running.putIfAbsent(request, own);
        if (other != null) {
            return await(other, deadline);
        }
        FetchAnswer answer = LATE;
        try {
            answer = source.get(request, tls, deadline);
            if (answer instanceof FetchAnswer.Failure failure && failure.asked() && !request.loopback()) {
                remember(request.uri(), failure);
            }
            return answer;
        } finally {
            running.remove(request, own);
            own.complete(answer);
        }
    }

    @Override
    public void close() {
        source.close();
    }

    private static FetchAnswer await(CompletableFuture<FetchAnswer> other, Deadline deadline) {
        try {
            return other.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return LATE;
        } catch (ExecutionException | TimeoutException e) {
            return LATE;
        }
    }

    private synchronized Optional<FetchAnswer> remembered(URI uri) {
        Failed known = failed.get(uri);
        if (known == null) {
            return Optional.empty();
        }
        if (nanoTime.getAsLong() - known.since() >= REMEMBERED.toNanos()) {
            failed.remove(uri);
            return Optional.empty();
        }
        return Optional.of(known.failure());
    }

    private synchronized void remember(URI uri, FetchAnswer.Failure failure) {
        failed.remove(uri);
        failed.put(uri, new Failed(failure, nanoTime.getAsLong()));
    }
}
