package io.github.keycloakmcp.tests.realclients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A short-lived process with its two outputs kept apart; it never outlives its time limit. */
final class Command {

    private Command() {}

    /**
     * What a process left behind.
     *
     * @param exitCode 0 for success
     * @param output what it wrote to its standard output
     * @param errors what it wrote to its error stream
     */
    record Outcome(int exitCode, String output, String errors) {}

    /** Runs a command to its end. */
    static Outcome run(List<String> command, Path folder, Map<String, String> environment, Duration limit) {
        try {
            Path output = Files.createTempFile("real-client", ".out");
            Path errors = Files.createTempFile("real-client", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
                builder.environment().putAll(environment);
                int exitCode = await(builder.start(), command, limit);
                return new Outcome(exitCode, Files.readString(output), Files.readString(errors));
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int await(Process process, List<String> command, Duration limit) {
        try {
            if (process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new AssertionError(command + " did not end within " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command, e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
