package io.github.keycloakmcp.fetch;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocketFactory;

import io.github.keycloakmcp.rule.fetch.AddressBlocks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How often a host is asked, however many people open a login page. */
class SharedFetchTest {

    private static final String URL = "https://app.example.com/client.json";
    private static final FetchAnswer GOOD = new FetchAnswer.Content("{}", Map.of());
    private static final FetchAnswer MISSING = new FetchAnswer.Failure("answered with status 404", false);
    private static final FetchAnswer BUSY = new FetchAnswer.Failure("is being asked already", true, false);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void thirtyRequestsForAMissingDocumentAreOneToItsHost() {
        SharedFetch fetch = answering(MISSING);
        IntStream.range(0, 30).forEach(i -> assertThat(get(fetch, URL, false)).isEqualTo(MISSING));
        assertThat(asked).hasValue(1);
        clock.addAndGet(SharedFetch.REMEMBERED.toNanos());
        get(fetch, URL, false);
        assertThat(asked).hasValue(2);
    }

    @Test
    void whatWasReadIsNotRememberedHere() {
        SharedFetch fetch = answering(GOOD);
        get(fetch, URL, false);
        get(fetch, URL, false);
        assertThat(asked).hasValue(2);
    }

    @Test
    void aHostThatWasNotAskedIsNotBlamed() {
        SharedFetch fetch = answering(BUSY);
        get(fetch, URL, false);
        get(fetch, URL, false);
        assertThat(asked).hasValue(2);
    }

    @Test
    void onADevelopersComputerAMendedDocumentIsReadAtOnce() {
        SharedFetch fetch = answering(MISSING);
        get(fetch, "https://localhost:8443/client", true);
        get(fetch, "https://localhost:8443/client", true);
        assertThat(asked).hasValue(2);
    }

    @Test
    void rememberedFailuresAreBounded() {
        SharedFetch fetch = answering(MISSING);
        IntStream.rangeClosed(0, SharedFetch.MAX_REMEMBERED).forEach(i -> get(fetch, URL + i, false));
        get(fetch, URL + SharedFetch.MAX_REMEMBERED, false);
        assertThat(asked).hasValue(SharedFetch.MAX_REMEMBERED + 1);
        get(fetch, URL + 0, false);
        assertThat(asked).hasValue(SharedFetch.MAX_REMEMBERED + 2);
    }

    @Test
    void whoWantsTheSameAtTheSameTimeGetsTheSameAnswer() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        SharedFetch fetch = of(() -> {
            answer.await();
            return GOOD;
        });
        List<CompletableFuture<FetchAnswer>> readers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> get(fetch, URL, false), work -> {
                    Thread thread = new Thread(work);
                    thread.setDaemon(true);
                    thread.start();
                }))
                .toList();
        while (asked.get() == 0) {
            Thread.onSpinWait();
        }
        answer.countDown();
        assertThat(readers).extracting(CompletableFuture::join).containsOnly(GOOD);
        assertThat(asked.get()).isLessThan(8);
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com/a, https://APP.example.COM/b",
        "https://app.example.com/a, https://app.example.com:443/a",
        "HTTPS://app.example.com/a, https://app.example.com/a",
        "http://localhost/a, http://LOCALHOST:80/a"
    })
    void oneServerHasOneNameHoweverItIsWritten(String one, String other) {
        assertThat(request(one, false).server()).isEqualTo(request(other, false).server());
    }

    private SharedFetch answering(FetchAnswer answer) {
        return of(() -> answer);
    }

    private interface Answer {
        FetchAnswer get() throws InterruptedException;
    }

    private SharedFetch of(Answer answer) {
        return new SharedFetch(
                new Fetch() {
                    @Override
                    public FetchAnswer get(FetchRequest request, SSLSocketFactory tls, Deadline deadline) {
                        asked.incrementAndGet();
                        try {
                            return answer.get();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }

                    @Override
                    public void close() {}
                },
                clock::get);
    }

    private static FetchAnswer get(SharedFetch fetch, String url, boolean loopback) {
        return fetch.get(
                request(url, loopback),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                Deadline.in(Duration.ofSeconds(20)));
    }

    private static FetchRequest request(String url, boolean loopback) {
        return new FetchRequest(URI.create(url), loopback, false, AddressBlocks.NONE, Map.of());
    }
}
