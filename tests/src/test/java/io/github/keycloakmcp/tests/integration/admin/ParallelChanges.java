package io.github.keycloakmcp.tests.integration.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.McpRealm;

import static org.assertj.core.api.Assertions.assertThat;

/** Changes of one realm by several writers at the same time, as pipelines make them. */
final class ParallelChanges {

    private static final int WRITERS = 8;
    private static final int CHANGES = 40;

    private ParallelChanges() {}

    /** Eight writers add and remove servers of their own, at the nodes by turns; nothing that was answered with 200 is lost. */
    static void loseNothing(List<McpRealm> nodes) {
        run(IntStream.range(0, WRITERS)
                .<Callable<?>>mapToObj(writer -> () -> write(nodes.get(writer % nodes.size()), writer))
                .toList());
        Set<String> expected = new TreeSet<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            for (int change = 0; change < CHANGES; change++) {
                if (!isRemoval(change) && !isRemoval(change + 1)) {
                    expected.add(server(writer, change));
                }
            }
        }
        for (McpRealm node : nodes) {
            assertThat(node.read("/mcp/servers").findValuesAsText("uri"))
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /** Runs all at once; each has to end without an exception. */
    static void run(List<Callable<?>> tasks) {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            tasks.forEach(task -> running.add(threads.submit(task)));
            for (Future<?> task : running) {
                task.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Every fifth change takes back the one before it. */
    private static boolean write(McpRealm realm, int writer) {
        for (int change = 0; change < CHANGES; change++) {
            if (isRemoval(change)) {
                String path = "/mcp/servers?uri=" + server(writer, change - 1);
                AdminApi.succeeded("DELETE", path, realm.delete(path));
            } else {
                AdminApi.succeeded(
                        "POST",
                        "/mcp/servers",
                        realm.post("/mcp/servers", "{\"uri\": \"" + server(writer, change) + "\"}"));
            }
        }
        return true;
    }

    private static boolean isRemoval(int change) {
        return change % 5 == 4;
    }

    private static String server(int writer, int change) {
        return "https://tools.example.com/" + writer + "/" + change;
    }
}
