package io.github.keycloakmcp.fetch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** However many requests ask for it, something is done once in a while, and all who came meanwhile see it done. */
class OncePerPauseTest {

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
    private final AtomicInteger done = new AtomicInteger();
    private final OncePerPause pauses = new OncePerPause(PAUSE, clock::get);

    @Test
    void isDoneOnceInAPauseForEachKey() {
        IntStream.range(0, 30).forEach(i -> pauses.run("a", done::incrementAndGet));
        assertThat(done).hasValue(1);
        pauses.run("b", done::incrementAndGet);
        assertThat(done).hasValue(2);
        clock.addAndGet(PAUSE.toNanos());
        pauses.run("a", done::incrementAndGet);
        assertThat(done).hasValue(3);
    }

    @Test
    void requestsThatComeMeanwhileSeeTheResult() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> pauses.run("a", () -> {
            begun.countDown();
            join(end);
            done.incrementAndGet();
        }));
        begun.await();
        List<CompletableFuture<Integer>> others = IntStream.range(0, 3)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    pauses.run("a", () -> done.addAndGet(100));
                    return done.get();
                }))
                .toList();
        end.countDown();
        first.join();
        assertThat(others).extracting(CompletableFuture::join).containsOnly(1);
    }

    @Test
    void aFailureEndsTheWaitAndCountsAsDone() {
        assertThatThrownBy(() -> pauses.run("a", () -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        pauses.run("a", done::incrementAndGet);
        assertThat(done).hasValue(0);
    }

    @Test
    void theOldestKeysAreForgottenFirst() {
        IntStream.rangeClosed(0, OncePerPause.MAX_REMEMBERED).forEach(i -> pauses.run("key " + i, () -> {}));
        pauses.run("key 1", done::incrementAndGet);
        assertThat(done).hasValue(0);
        pauses.run("key 0", done::incrementAndGet);
        assertThat(done).hasValue(1);
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
