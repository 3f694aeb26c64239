package io.github.keycloakmcp.benchmarks;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.keycloakmcp.tests.cost.LifeRequest;
import io.github.keycloakmcp.tests.server.McpRealm;

/** How many logins a second this machine reaches. */
final class LoginRate {

    private static final int AT_ONCE = 4;

    private LoginRate() {}

    /** How many logins a second a realm without the extension has, if a few users log in without a pause. */
    static double reached(McpRealm realm, String server, int seconds) {
        List<LifeRequest.Sender> users = IntStream.range(0, AT_ONCE)
                .mapToObj(user -> LifeRequest.LATER_LOGIN.sender(realm, server))
                .toList();
        users.forEach(LifeRequest.Sender::send);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2L * seconds);
        long measured = end - TimeUnit.SECONDS.toNanos(seconds);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            long logins = 0;
            for (Future<Integer> user : threads.invokeAll(users.stream()
                    .map(user -> (Callable<Integer>) () -> logIn(user, measured, end))
                    .toList())) {
                logins += user.get();
            }
            return (double) logins / seconds;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a request failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Logs in again and again until {@code end}; counts since {@code from}. */
    private static int logIn(LifeRequest.Sender user, long from, long end) {
        int logins = 0;
        while (System.nanoTime() < end) {
            user.send();
            logins += System.nanoTime() > from ? 1 : 0;
        }
        return logins;
    }
}
