package io.github.keycloakmcp.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL with an empty database on a free loopback port, from the programs that the machine has installed. A root user
 * lends it to the user {@code postgres} that Debian's package brings along.
 */
public final class PostgresServer implements DatabaseServer {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String USER = "keycloak";

    private final Path bin;
    private final DatabaseHome home = new DatabaseHome("postgres", "postgres");
    private final ChildProcess process;

    private PostgresServer(Path bin, String... settings) {
        this.bin = bin;
        String data = home.folder().resolve("data").toString();
        home.finish(bin.resolve("initdb"), "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync");
        List<String> arguments = new ArrayList<>(List.of(
                "-D",
                data,
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(home.port()),
                "-k",
                home.folder().toString()));
        for (String setting : settings) {
            arguments.addAll(List.of("-c", setting));
        }
        process = home.serve(bin.resolve("postgres"), arguments);
    }

    /** Whether this machine has one. */
    public static boolean isInstalled() {
        return programs().isPresent();
    }

    /** Starts one that does not wait for the disk; the machine has to have it. */
    public static PostgresServer start() {
        return start("fsync=off");
    }

    /** The same, and it writes down every statement, for {@link #statements}. */
    public static PostgresServer startRecording() {
        return start("fsync=off", "log_statement=all", "log_line_prefix=");
    }

    /** The same, but every commit waits for the disk as in production: for measurements. */
    public static PostgresServer startDurable() {
        return start("fsync=on");
    }

    private static PostgresServer start(String... settings) {
        return new PostgresServer(
                programs().orElseThrow(() -> new IllegalStateException("no PostgreSQL here: .ci/postgresql")),
                settings);
    }

    @Override
    public void execute(String statements) {
        home.execute(client("psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-"), statements);
    }

    @Override
    public void hold(String table, int seconds) {
        execute("begin; lock table " + table + " in access exclusive mode; select pg_sleep(" + seconds + "); commit;");
    }

    @Override
    public void touch(String table) {
        execute("begin; lock table " + table + " in access share mode nowait; commit;");
    }

    @Override
    public void endWaiting() {
        execute(
                "do $$ begin perform pg_terminate_backend(pid) from pg_locks where not granted and locktype = 'relation';"
                        + " if not found then raise 'none waits'; end if; end $$;");
    }

    /**
     * A copy of the database, as statements.
     *
     * @param options of {@code pg_dump}
     */
    public String dump(String... options) {
        return home.execute(client("pg_dump", options), "");
    }

    private List<String> client(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                bin.resolve(program).toString(),
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(home.port()),
                "-U",
                USER,
                "-d",
                "postgres"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The statements that a server which records them has executed. */
    public StatementLog statements() {
        return new StatementLog(home.log());
    }

    /** The CPU time of its processes so far, without those that have ended. */
    public Duration cpu() {
        return process.cpu();
    }

    @Override
    public int port() {
        return home.port();
    }

    @Override
    public List<String> keycloakArguments(int through) {
        return List.of(
                "--db=postgres",
                "--db-url=jdbc:" + URI.create("postgresql://127.0.0.1:" + through + "/postgres"),
                "--db-username=" + USER,
                "--db-password=" + USER);
    }

    @Override
    public void close() {
        process.close();
        home.delete();
    }

    private static Optional<Path> programs() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
