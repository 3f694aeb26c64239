package io.github.keycloakmcp.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process with its log in a file, that ends with its descendants when it is closed and, at the latest, with this JVM. */
public final class ChildProcess implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(15);

    private final Process process;
    private final Path log;
    private final Thread hook;

    private ChildProcess(Process process, Path log, Thread hook) {
        this.process = process;
        this.log = log;
        this.hook = hook;
    }

    /** Starts a command; output of both kinds is appended to {@code log}. */
    public static ChildProcess start(List<String> command, Map<String, String> environment, Path folder, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(log.toAbsolutePath().resolveSibling("."));
            Process process = builder.start();
            process.getOutputStream().close();
            Thread hook = new Thread(() -> end(process));
            Runtime.getRuntime().addShutdownHook(hook);
            return new ChildProcess(process, log, hook);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.get(0), e);
        }
    }

    /** Whether the process still runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** The process and those that it has started. */
    public Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    /** The CPU time of these processes so far. */
    Duration cpu() {
        return processes()
                .flatMap(one -> one.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** All lines logged so far. */
    public List<String> lines() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the condition holds; a process that ends first, or takes too long, fails with the end of its log. */
    public void await(String what, BooleanSupplier condition, Duration limit) {
        Instant deadline = Instant.now().plus(limit);
        while (!condition.getAsBoolean()) {
            if (!alive() || Instant.now().isAfter(deadline)) {
                String why = alive()
                        ? "not within " + limit.toSeconds() + " s"
                        : "the process ended with " + process.exitValue();
                close();
                throw new IllegalStateException(what + ": " + why + "; end of " + log + ":\n" + tail());
            }
            pause();
        }
    }

    /** Waits until the process has done its work; one that fails or takes too long fails with the end of its log. */
    public void awaitEnd(Duration limit) {
        try {
            if (process.waitFor(limit.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0) {
                return;
            }
            close();
            throw new IllegalStateException("no success; end of " + log + ":\n" + tail());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the JVM is going down and the hook does the work
        }
        end(process);
    }

    /** The last lines, after those among them that name an error: a reader of a shortened report sees the reason. */
    private String tail() {
        List<String> lines = lines();
        List<String> last = lines.subList(Math.max(0, lines.size() - 60), lines.size());
        return Stream.concat(last.stream().filter(line -> line.contains("ERROR")), last.stream())
                .collect(Collectors.joining("\n"));
    }

    private static void end(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        all.forEach(ChildProcess::awaitEnd);
    }

    private static void awaitEnd(ProcessHandle handle) {
        try {
            handle.onExit().get(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            handle.destroyForcibly();
        } catch (InterruptedException e) {
            handle.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
