package io.github.keycloakmcp.tests.server;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements that a PostgreSQL has executed, in their order.
 *
 * @param file its log, with every statement in it
 */
public record StatementLog(Path file) {

    private static final Pattern EXECUTED = Pattern.compile("LOG: +(?:execute [^:]*|statement): (.*)");
    private static final Pattern TRANSACTION =
            Pattern.compile("(?:BEGIN|COMMIT|ROLLBACK|SET|SHOW)\\b.*", Pattern.CASE_INSENSITIVE);

    /** Where the log ends now. */
    public long end() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was executed between two places of the log, without what begins and ends transactions or tests a connection. */
    public List<String> between(long from, long end) {
        byte[] bytes = new byte[Math.toIntExact(end - from)];
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(from);
            log.readFully(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(EXECUTED::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .filter(statement ->
                        !statement.isBlank() && !TRANSACTION.matcher(statement).matches())
                .toList();
    }
}
