package io.github.keycloakmcp.rule.registration;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What counts in a window that slides, and who gets a share of it. */
class SlidingWindowTest {

    private static final SlidingWindow MINUTE = new SlidingWindow(60);
    private static final int BEGIN = 6_000;

    @ParameterizedTest
    @CsvSource({"0, 100, 0, 100", "30, 100, 0, 50", "45, 100, 10, 35", "59, 60, 0, 1", "30, 0, 7, 7"})
    void whatWasSentInTheWindowBeforeIsForgottenLittleByLittle(int second, int before, int present, double used) {
        assertThat(MINUTE.used(before, present, BEGIN + second)).isCloseTo(used, within(1e-9));
    }

    @Test
    void theEndOfOneWindowAndTheBeginningOfTheNextAreNoTwiceTheLimit() {
        int limit = 100;
        int most = 0;
        for (int second = 0; second < 120; second++) {
            int now = BEGIN + second;
            int before = second < 60 ? 0 : limit;
            int present = second < 60 ? limit : most;
            while (MINUTE.used(before, present, now) < limit) {
                present++;
            }
            most = second < 60 ? 0 : present;
            assertThat(second < 61 ? present : 0).isLessThanOrEqualTo(second < 60 ? limit : 2);
        }
        assertThat(most).isEqualTo(99);
    }

    @ParameterizedTest
    @CsvSource({"0, 100, 0", "30, 100, 50", "10, 80, 99", "59, 0, 100", "20, 0, 100", "0, 100, 100"})
    void afterTheWaitOneMoreIsWithinTheLimit(int second, int before, int present) {
        int now = BEGIN + second;
        Duration wait = MINUTE.wait(100, before, present, now);
        long then = now + wait.toSeconds();
        boolean same = MINUTE.number(then) == MINUTE.number(now);
        assertThat(MINUTE.used(same ? before : present, same ? present : 0, then))
                .isLessThan(100);
        assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(62));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 100, 0, 1",
        "30, 100, 50, 1",
        "10, 100, 50, 21",
        "10, 80, 99, 50",
        "59, 0, 100, 2",
        "20, 0, 150, 61",
        "0, 100, 100, 61"
    })
    void theWaitIsNoLongerThanItHasToBe(int second, int before, int present, long seconds) {
        assertThat(MINUTE.wait(100, before, present, BEGIN + second)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aWindowBeginsEachMinute() {
        assertThat(MINUTE.number(BEGIN)).isEqualTo(100);
        assertThat(MINUTE.number(BEGIN + 59)).isEqualTo(100);
        assertThat(MINUTE.number(BEGIN + 60)).isEqualTo(101);
    }

    @Test
    void theLastPartOfARealmsLimitIsForSendersThatHaveSentNothingElse() {
        FairShare share = new FairShare(2_000);
        assertThat(share.limitAfter(0)).isEqualTo(2_000);
        assertThat(share.limitAfter(1)).isEqualTo(800);
        assertThat(new FairShare(1).limitAfter(5)).isEqualTo(1);
    }

    @Test
    void aThousandSendersThatSendAllTheyMayLeaveRoomForTheNextOne() {
        FairShare share = new FairShare(2_000);
        int used = 0;
        for (int round = 0; round < 100; round++) {
            for (int sender = 0; sender < 1_000; sender++) {
                used += used < share.limitAfter(round) ? 1 : 0;
            }
        }
        assertThat(used).isLessThan(share.limitAfter(0));
        int greedy = 0;
        for (int sender = 0; sender < 1_000; sender++) {
            for (int round = 0; round < 100; round++) {
                greedy += greedy < share.limitAfter(round) ? 1 : 0;
            }
        }
        assertThat(greedy).isLessThan(share.limitAfter(0) - 100);
    }
}
