package io.github.keycloakmcp.tests.integration.faults;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Threads of a load: each repeats its request, with a pause between two, until the load is over. */
final class Workers implements AutoCloseable {

    private final Duration pause;
    private final Map<String, Thread> threads = new TreeMap<>();
    private volatile boolean over;

    Workers(Duration pause) {
        this.pause = pause;
    }

    /** Begins one more, which must judge by itself what goes wrong: an exception would end it without a word. */
    void start(String name, Runnable request) {
        Thread thread = new Thread(
                () -> {
                    while (!over) {
                        request.run();
                        pause(1);
                    }
                },
                name);
        thread.setDaemon(true);
        threads.put(name, thread);
        thread.start();
    }

    Set<String> names() {
        return threads.keySet();
    }

    /** Waits for as long as this number of pauses. */
    void pause(int times) {
        try {
            Thread.sleep(times * pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends when each worker has ended its last request. */
    @Override
    public void close() {
        over = true;
        for (Thread thread : threads.values()) {
            try {
                thread.join(90_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
