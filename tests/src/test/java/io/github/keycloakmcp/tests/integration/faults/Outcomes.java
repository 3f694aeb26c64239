package io.github.keycloakmcp.tests.integration.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** What became of the requests of a load: what the servers acknowledged, and how they failed. */
final class Outcomes {

    private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, String> changes = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();

    /** One request: who sent it, when it ended, and how; empty where it succeeded. */
    private record Request(String worker, long endedAt, String failure) {}

    void succeeded(String worker) {
        requests.add(new Request(worker, System.nanoTime(), ""));
    }

    void failed(String worker, String how) {
        requests.add(new Request(worker, System.nanoTime(), how));
    }

    /** A client that a server said it has created. */
    void created(String clientId) {
        acknowledged.add(clientId);
    }

    /** A value that a server said it has stored. */
    void stored(String where, String value) {
        changes.put(where, value);
    }

    /** Something that must never happen. */
    void violated(String what) {
        violations.add(what);
    }

    Set<String> created() {
        return Set.copyOf(acknowledged);
    }

    Map<String, String> stored() {
        return Map.copyOf(changes);
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    long successes() {
        return requests.stream().filter(request -> request.failure().isEmpty()).count();
    }

    /** How requests failed, and how often. */
    Map<String, Long> failures() {
        return requests.stream()
                .map(Request::failure)
                .filter(failure -> !failure.isEmpty())
                .collect(Collectors.groupingBy(failure -> failure, TreeMap::new, Collectors.counting()));
    }

    /** Whether each of the workers has succeeded since. */
    boolean allSucceededSince(long nanos, Set<String> workers) {
        return requests.stream()
                .filter(request -> request.failure().isEmpty() && request.endedAt() > nanos)
                .map(Request::worker)
                .collect(Collectors.toSet())
                .containsAll(workers);
    }

    /** The time from {@code nanos} to the first success of the worker that took longest, in seconds. */
    double secondsUntilAllSucceeded(long nanos, Set<String> workers) {
        return workers.stream()
                        .map(worker -> requests.stream()
                                .filter(request -> request.worker().equals(worker)
                                        && request.failure().isEmpty()
                                        && request.endedAt() > nanos)
                                .map(Request::endedAt)
                                .min(Long::compare))
                        .flatMap(Optional::stream)
                        .mapToLong(first -> first - nanos)
                        .max()
                        .orElse(0)
                / 1e9;
    }
}
