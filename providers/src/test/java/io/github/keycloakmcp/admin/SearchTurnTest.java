package io.github.keycloakmcp.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
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

    @Test
    void ofTwoTurnsTheNextSearchTakesTheOneThatBeginsFirst() throws Exception {
        SearchTurn turns = new SearchTurn(2, 5, TimeUnit.MILLISECONDS.toNanos(900));
        ExecutorService administrator = Executors.newSingleThreadExecutor();
        CountDownLatch shortBegins = new CountDownLatch(1);
        CountDownLatch longEnds = new CountDownLatch(1);
        try {
            List<Future<Optional<String>>> quick = new ArrayList<>();
            turns.take(() -> {
                pause(200);
                quick.add(administrator.submit(() -> turns.take(() -> {
                    shortBegins.countDown();
                    return await(longEnds);
                })));
                return await(shortBegins);
            });
            longEnds.countDown();
            assertThat(quick.get(0).get()).isPresent();
            assertThat(turns.take(() -> "third"))
                    .as("the turn of the long search rests for a second")
                    .contains("third");
        } finally {
            administrator.shutdownNow();
        }
    }

    private static String await(CountDownLatch latch) {
        try {
            return Boolean.toString(latch.await(LONG, TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
