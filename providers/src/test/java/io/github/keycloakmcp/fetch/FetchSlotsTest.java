package io.github.keycloakmcp.fetch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may fetch now. */
class FetchSlotsTest {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
    private final FetchSlots slots = new FetchSlots(clock::get, 6);

    @Test
    void asksOneServerAFewTimesAtOnce() {
        for (int i = 0; i < FetchSlots.PER_SERVER; i++) {
            assertThat(slots.enter("https://a.example", true, 0)).isEmpty();
        }
        assertThat(slots.enter("https://a.example", true, 0)).contains("is being asked already");
        assertThat(slots.enter("https://b.example", true, 0)).isEmpty();
        slots.leave("https://a.example", true, true);
        assertThat(slots.enter("https://a.example", true, 0)).isEmpty();
    }

    @Test
    void leavesAServerAloneThatDidNotAnswer() {
        assertThat(slots.enter("https://a.example", true, 0)).isEmpty();
        slots.leave("https://a.example", true, false);
        assertThat(slots.enter("https://a.example", true, 0)).contains("did not answer a moment ago");
        assertThat(slots.enter("https://b.example", true, 0)).isEmpty();
        clock.addAndGet(FetchSlots.PAUSE.toNanos());
        assertThat(slots.enter("https://a.example", true, 0)).isEmpty();
    }

    @Test
    void forgetsThatOnceItHasAnswered() {
        assertThat(slots.enter("https://a.example", true, 0)).isEmpty();
        assertThat(slots.enter("https://a.example", true, 0)).isEmpty();
        slots.leave("https://a.example", true, false);
        slots.leave("https://a.example", true, true);
        assertThat(slots.enter("https://a.example", true, 0)).isEmpty();
    }

    @Test
    void remembersABoundedNumberOfServers() {
        for (int i = 0; i <= FetchSlots.MAX_REMEMBERED; i++) {
            assertThat(slots.enter("https://" + i + ".example", true, 0)).isEmpty();
            slots.leave("https://" + i + ".example", true, false);
        }
        assertThat(slots.enter("https://0.example", true, 0)).isEmpty();
        assertThat(slots.enter("https://1.example", true, 0)).isPresent();
    }

    @Test
    void hostsThatNobodyKnowsLeaveSlotsToTheOthers() {
        for (int i = 0; i < 6; i++) {
            assertThat(slots.enter("https://" + i + ".example", false, 0)).isEmpty();
        }
        assertThat(slots.enter("https://6.example", false, 0)).contains("is being asked already");
        assertThat(slots.enter("https://vendor.example", true, 0)).isEmpty();
        slots.leave("https://0.example", false, true);
        assertThat(slots.enter("https://6.example", false, 0)).isEmpty();
    }

    /** Eight that ask for documents that do not exist keep nobody from one that does, as long as the host answers. */
    @Test
    void whoComesWhileAllSlotsAreTakenWaitsForOne() throws Exception {
        FetchSlots real = new FetchSlots(System::nanoTime, 6);
        for (int i = 0; i < FetchSlots.PER_SERVER; i++) {
            assertThat(real.enter("https://a.example", true, 0)).isEmpty();
        }
        CompletableFuture<Optional<String>> honest = CompletableFuture.supplyAsync(() ->
                real.enter("https://a.example", true, Duration.ofSeconds(20).toNanos()));
        assertThat(honest).isNotDone();
        real.leave("https://a.example", true, true);
        assertThat(honest.get(20, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void onlyAFewWait() throws Exception {
        FetchSlots real = new FetchSlots(System::nanoTime, 6);
        for (int i = 0; i < FetchSlots.PER_SERVER; i++) {
            assertThat(real.enter("https://a.example", true, 0)).isEmpty();
        }
        ExecutorService threads = Executors.newFixedThreadPool(30);
        try {
            CompletionService<Optional<String>> answers = new ExecutorCompletionService<>(threads);
            for (int i = 0; i < 30; i++) {
                answers.submit(() -> real.enter(
                        "https://a.example", true, Duration.ofSeconds(30).toNanos()));
            }
            for (int i = FetchSlots.MAX_WAITING; i < 30; i++) {
                assertThat(answers.take().get()).contains("is being asked already");
            }
            real.leave("https://a.example", true, false);
            for (int i = 0; i < FetchSlots.MAX_WAITING; i++) {
                assertThat(answers.take().get()).contains("did not answer a moment ago");
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
