package io.github.keycloakmcp.admission;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.keycloakmcp.rule.registration.RoomRule;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How often the database is asked how many clients there are, and which is the oldest. */
class CountedClientsTest {

    private static final RoomRule HUNDRED = new RoomRule(100, 0);

    private final CountedClients counted = CountedClients.of(UUID.randomUUID().toString());
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aThousandRequestsAtOnceAskTheDatabaseOnce() {
        RoomRule many = new RoomRule(100_000, 0);
        IntStream.range(0, 1_000)
                .mapToObj(number -> CompletableFuture.runAsync(() -> add(many, 7, 0)))
                .toList()
                .forEach(CompletableFuture::join);
        assertThat(asked).hasValue(1);
    }

    @Test
    void afterEachStepItIsCountedAgainSoThatOtherNodesClientsAreSeen() {
        IntStream.range(0, 20).forEach(number -> stored(add(5, 0)));
        assertThat(asked).hasValue(1);
        assertThat(add(100, 0)).as("another node has filled the realm").isOne();
        assertThat(asked).hasValue(2);
    }

    @Test
    void whatIsStillBeingStoredIsAddedToTheDatabasesCount() {
        IntStream.range(0, 20).forEach(number -> add(0, 0));
        assertThat(add(90, 0))
                .as("90 and the 20 that the database does not see yet")
                .isEqualTo(11);
    }

    @Test
    void aNewcomerThatIsRefusedAfterAllIsNotCounted() {
        IntStream.range(0, 3).forEach(number -> stored(add(97, 0)));
        add(97, 0);
        assertThat(counted.add(HUNDRED, 0, this::never)).isEqualTo(2);
        counted.refused();
        counted.refused();
        assertThat(counted.add(HUNDRED, 0, this::never)).isOne();
    }

    @Test
    void eachNewClientIsAddedUntilItIsCountedAgain() {
        assertThat(IntStream.range(0, 5).mapToLong(number -> add(96, 0))).containsExactly(0L, 0L, 0L, 0L, 1L);
        assertThat(add(40, 60)).isZero();
        assertThat(asked).hasValue(2);
    }

    @Test
    void beforeAClientHasToGoItIsCountedOnceMore() {
        IntStream.range(0, 4).forEach(number -> add(96, 0));
        assertThat(add(50, 5)).isZero();
        assertThat(asked).hasValue(2);
    }

    @Test
    void aRealmThatIsFullIsNotCountedMoreThanOnceInFiveSeconds() {
        IntStream.range(0, 600).forEach(request -> add(100, request / 100));
        assertThat(asked).hasValue(2);
    }

    @Test
    void theOldestComeFirstAndAreNotAskedForAgainAtOnceWhereThereAreNone() {
        assertThat(candidates(0, "a", "b")).isTrue();
        assertThat(counted.nextCandidate()).contains("a");
        assertThat(counted.nextCandidate()).contains("b");
        assertThat(counted.nextCandidate()).isEmpty();
        assertThat(candidates(0)).as("the database has none").isFalse();
        assertThat(candidates(4, "c")).isFalse();
        assertThat(candidates(5, "c")).isTrue();
    }

    @Test
    void otherLimitsAreLookedAtAnew() {
        add(100, 0);
        assertThat(candidates(0)).isFalse();
        add(new RoomRule(50, 0), 100, 1);
        assertThat(asked).hasValue(2);
        assertThat(candidates(1, "a")).isTrue();
    }

    private void stored(long surplus) {
        assertThat(surplus).isZero();
        counted.stored();
    }

    private CountedClients.Count never() {
        throw new AssertionError("counted again");
    }

    private long add(long stored, long now) {
        return add(HUNDRED, stored, now);
    }

    private long add(RoomRule rule, long stored, long now) {
        return counted.add(rule, now, () -> {
            asked.incrementAndGet();
            return new CountedClients.Count(stored, stored);
        });
    }

    private boolean candidates(long now, String... ids) {
        return counted.hasCandidate(now, () -> List.of(ids));
    }
}
