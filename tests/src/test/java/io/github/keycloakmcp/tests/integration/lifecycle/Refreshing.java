package io.github.keycloakmcp.tests.integration.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.McpRealm;

/** A client that refreshes its token 20 times a second until it is closed, and keeps the time. */
final class Refreshing implements AutoCloseable {

    private static final long PAUSE = 50_000_000;

    private final Thread thread = new Thread(this::refresh, "refreshing");
    private final McpClient client;
    private List<Long> nanos = new ArrayList<>();
    private Tokens tokens;
    private volatile boolean ended;

    private Refreshing(McpClient client) {
        this.client = client;
        this.tokens = client.obtain(Browser.of("alice"), client.authorization().resource(McpRealm.SERVER_A));
    }

    static Refreshing start(McpClient client) {
        Refreshing refreshing = new Refreshing(client);
        refreshing.thread.start();
        return refreshing;
    }

    /** How long each refresh has taken since the last call. */
    synchronized List<Long> drain() {
        List<Long> taken = nanos;
        nanos = new ArrayList<>();
        return taken;
    }

    /** How many refreshes there were since the last {@link #drain}. */
    synchronized int size() {
        return nanos.size();
    }

    private void refresh() {
        while (!ended) {
            long start = System.nanoTime();
            TokenReply reply = client.refresh(tokens.refresh());
            note(System.nanoTime() - start);
            tokens = reply.tokens();
            LockSupport.parkNanos(PAUSE);
        }
    }

    private synchronized void note(long taken) {
        nanos.add(taken);
    }

    /** Fails if a refresh has. */
    @Override
    public void close() {
        boolean alive = thread.isAlive();
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!alive) {
            throw new AssertionError("a refresh has failed");
        }
    }
}
