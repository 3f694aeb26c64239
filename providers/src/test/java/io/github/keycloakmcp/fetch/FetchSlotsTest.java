package io.github.keycloakmcp.fetch;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may fetch now. */
class FetchSlotsTest {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
    private final FetchSlots slots = new FetchSlots(clock::get);

    @Test
    void asksOneServerAFewTimesAtOnce() {
        for (int i = 0; i < FetchSlots.PER_SERVER; i++) {
            assertThat(slots.enter("https://a.example")).isEmpty();
        }
        assertThat(slots.enter("https://a.example")).contains("is being asked already");
        assertThat(slots.enter("https://b.example")).isEmpty();
        slots.leave("https://a.example", true);
        assertThat(slots.enter("https://a.example")).isEmpty();
    }

    @Test
    void leavesAServerAloneThatDidNotAnswer() {
        assertThat(slots.enter("https://a.example")).isEmpty();
        slots.leave("https://a.example", false);
        assertThat(slots.enter("https://a.example")).contains("did not answer a moment ago");
        assertThat(slots.enter("https://b.example")).isEmpty();
        clock.addAndGet(FetchSlots.PAUSE.toNanos());
        assertThat(slots.enter("https://a.example")).isEmpty();
    }

    @Test
    void forgetsThatOnceItHasAnswered() {
        assertThat(slots.enter("https://a.example")).isEmpty();
        assertThat(slots.enter("https://a.example")).isEmpty();
        slots.leave("https://a.example", false);
        slots.leave("https://a.example", true);
        assertThat(slots.enter("https://a.example")).isEmpty();
    }

    @Test
    void remembersABoundedNumberOfServers() {
        for (int i = 0; i <= FetchSlots.MAX_REMEMBERED; i++) {
            assertThat(slots.enter("https://" + i + ".example")).isEmpty();
            slots.leave("https://" + i + ".example", false);
        }
        assertThat(slots.enter("https://0.example")).isEmpty();
        assertThat(slots.enter("https://1.example")).isPresent();
    }
}
