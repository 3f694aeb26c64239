package io.github.keycloakmcp.admin;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SearchTurnTest {

    private static final long LONG = TimeUnit.MINUTES.toNanos(1);

    @Test
    void asManyAsMayRunAtOnceAndNoMore() throws Exception {
        SearchTurn turns = new SearchTurn(2, 0, LONG);
        AtomicInteger running = new AtomicInteger();
        CyclicBarrier both = new CyclicBarrier(2);
        ExecutorService administrators = Executors.newFixedThreadPool(10);
        try {
            List<Future<Optional<Integer>>> searches = IntStream.range(0, 200)
                    .mapToObj(number -> administrators.submit(() -> turns.take(() -> {
                        int now = running.incrementAndGet();
                        meet(both);
                        running.decrementAndGet();
                        return now;
                    })))
                    .toList();
            for (Future<Optional<Integer>> search : searches) {
                assertThat(search.get())
                        .hasValueSatisfying(now -> assertThat(now).isBetween(1, 2));
            }
        } finally {
            administrators.shutdownNow();
        }
    }

    private static void meet(CyclicBarrier both) {
        try {
            both.await(LONG, TimeUnit.NANOSECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoseTurnDoesNotComeGetsNothing() {
        SearchTurn turns = new SearchTurn(1, 0, 0);
        assertThat(turns.take(() -> turns.take(() -> "second"))).contains(Optional.empty());
        assertThat(turns.take(() -> "after")).contains("after");
    }

    @Test
    void aSearchThatFailsGivesItsTurnBack() {
        SearchTurn turns = new SearchTurn(1, 0, 0);
        assertThatThrownBy(() -> turns.take(() -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(turns.take(() -> "after")).contains("after");
    }

    @Test
    void afterASearchTheDatabaseRests() {
        SearchTurn turns = new SearchTurn(1, 3, LONG);
        long begin = System.nanoTime();
        assertThat(turns.take(() -> pause(20))).contains("paused");
        assertThat(turns.take(System::nanoTime))
                .hasValueSatisfying(
                        second -> assertThat(second - begin).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(20 + 3 * 19)));
    }

    @Test
    void whoCannotWaitForTheEndOfTheRestGetsNothing() {
        SearchTurn turns = new SearchTurn(1, 1_000, TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(turns.take(() -> pause(20))).contains("paused");
        assertThat(turns.take(() -> "second")).isEmpty();
    }

    private static String pause(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return "paused";
    }
}
