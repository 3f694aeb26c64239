package io.github.keycloakmcp.fetch;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Does something for a key once, and then not again for a pause. Requests that come while it is being done wait for the end,
 * so that all of them see its result; later ones go on at once. Without it every request with an invented key id makes this
 * server call a host.
 */
public final class OncePerPause {

    /** Most keys whose pause is remembered; the oldest is forgotten first. */
    static final int MAX_REMEMBERED = 1000;

    /** Most requests that wait at a time: each of them holds a thread that Keycloak needs for others. */
    static final int MAX_WAITING = 20;

    private final Duration pause;
    private final LongSupplier nanoTime;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<String, CompletableFuture<Void>> running = new ConcurrentHashMap<>();
    private final Map<String, Long> begun = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    public OncePerPause(Duration pause, LongSupplier nanoTime) {
        this.pause = pause;
        this.nanoTime = nanoTime;
    }

    /** Does {@code work} unless it was begun within the pause; if it is being done, waits for its end. */
    public void run(String key, Runnable work) {
        CompletableFuture<Void> own = new CompletableFuture<>();
        CompletableFuture<Void> other = running.putIfAbsent(key, own);
        if (other != null) {
            await(other);
            return;
        }
        try {
            if (isDue(key)) {
                work.run();
            }
        } finally {
            running.remove(key, own);
            own.complete(null);
        }
    }

    private void await(CompletableFuture<Void> other) {
        try {
            if (waiting.incrementAndGet() <= MAX_WAITING) {
                other.get(Deadline.LIMIT.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The request goes on with what is there.
        } finally {
            waiting.decrementAndGet();
        }
    }

    private synchronized boolean isDue(String key) {
        long now = nanoTime.getAsLong();
        Long since = begun.get(key);
        if (since != null && now - since < pause.toNanos()) {
            return false;
        }
        begun.remove(key);
        begun.put(key, now);
        return true;
    }
}
