package io.github.keycloakmcp.tests.cost;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.StatementLog;

/** Records the statements of requests, one request at a time, on a server that has nothing else to do. */
public final class Recorder {

    private static final int WARM_UP = 2;
    private static final int MEASURED = 3;

    /** Keycloak writes times in seconds: what is in another second than what was before it updates its session once more. */
    private static final Duration SECOND = Duration.ofMillis(700);

    /** So many of those are made up for by further requests. */
    private static final int MOST_SLOW = 10;

    private static final Duration STEP = Duration.ofMillis(50);

    /** Sessions are written after the answer is sent; this long nothing has to follow. */
    private static final Duration QUIET = Duration.ofMillis(250);

    private final StatementLog log;

    public Recorder(StatementLog log) {
        this.log = log;
    }

    /**
     * The statements of the request that has fewest: what belongs to a request is in each of them, what the server writes later,
     * such as the last use of a client, only in some.
     */
    public Statements of(LifeRequest request, McpRealm realm, String server) {
        return of(request.sender(realm, server));
    }

    /** The same for any other request. */
    public Statements of(LifeRequest.Sender sender) {
        List<Statements> all = new ArrayList<>();
        int slow = 0;
        for (int i = 0; i < WARM_UP + MEASURED + slow; i++) {
            sender.prepare();
            long before = settled();
            sender.rest();
            Instant begin = Instant.now();
            sender.send();
            boolean isSlow = Duration.between(begin, Instant.now()).compareTo(SECOND) > 0;
            long after = settled();
            if (i >= WARM_UP) {
                all.add(new Statements(log.between(before, after)));
                slow += isSlow && slow < MOST_SLOW ? 1 : 0;
            }
        }
        return Collections.min(all, Comparator.comparingInt(Statements::count));
    }

    /** The end of the log, once it has stood still for a while. */
    private long settled() {
        long last = log.end();
        Instant since = Instant.now();
        while (Duration.between(since, Instant.now()).compareTo(QUIET) < 0) {
            pause(STEP);
            long now = log.end();
            if (now != last) {
                last = now;
                since = Instant.now();
            }
        }
        return last;
    }

    /** Waits for the beginning of a second, so that what follows lies within it unless it is slow. */
    static void nextSecond() {
        pause(Duration.ofMillis(1_005 - System.currentTimeMillis() % 1_000));
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
