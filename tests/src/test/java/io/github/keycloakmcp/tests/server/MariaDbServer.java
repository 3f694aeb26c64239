package io.github.keycloakmcp.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A MariaDB with an empty database on a free loopback port, from the programs that the machine has installed, with Debian's
 * settings: texts are compared without regard to case and accents, and transactions read as of their begin. A root user lends
 * it to the user {@code nobody}.
 */
public final class MariaDbServer implements DatabaseServer {

    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");
    private static final Path CLIENT = Path.of("/usr/bin/mariadb");
    private static final Path INSTALL = Path.of("/usr/bin/mariadb-install-db");
    private static final String NAME = "keycloak";

    /** What Debian's configuration files say; they are not read, because a machine may have changed them. */
    private static final List<String> AS_DEBIAN =
            List.of("--character-set-server=utf8mb4", "--collation-server=utf8mb4_general_ci");

    private static final String FIRST_STATEMENTS = """
            create database keycloak;
            create user keycloak@127.0.0.1 identified by 'keycloak';
            grant all on keycloak.* to keycloak@127.0.0.1;
            """;

    private final DatabaseHome home = new DatabaseHome("mariadb", "nobody");
    private final ChildProcess process;

    private MariaDbServer() {
        Path folder = home.folder();
        String data = "--datadir=" + folder.resolve("data");
        home.finish(
                INSTALL,
                "--no-defaults",
                data,
                "--skip-test-db",
                "--auth-root-authentication-method=normal",
                "--force");
        process = home.serve(
                SERVER,
                Stream.concat(
                                Stream.of(
                                        "--no-defaults",
                                        data,
                                        "--bind-address=127.0.0.1",
                                        "--port=" + home.port(),
                                        "--socket=" + folder.resolve("socket"),
                                        "--pid-file=" + folder.resolve("pid"),
                                        "--init-file=" + firstStatements(folder),
                                        "--skip-name-resolve",
                                        "--innodb-flush-log-at-trx-commit=0"),
                                AS_DEBIAN.stream())
                        .toList());
    }

    /** Whether this machine has one. */
    public static boolean isInstalled() {
        return List.of(SERVER, CLIENT, INSTALL).stream().allMatch(Files::isExecutable);
    }

    /** Starts one that does not wait for the disk; the machine has to have it. */
    public static MariaDbServer start() {
        if (!isInstalled()) {
            throw new IllegalStateException("no MariaDB here: .ci/mariadb");
        }
        return new MariaDbServer();
    }

    @Override
    public void execute(String statements) {
        home.execute(
                List.of(
                        CLIENT.toString(),
                        "--no-defaults",
                        "--protocol=tcp",
                        "--host=127.0.0.1",
                        "--port=" + home.port(),
                        "--user=" + NAME,
                        "--password=" + NAME,
                        "--default-character-set=utf8mb4",
                        NAME),
                statements);
    }

    @Override
    public void hold(String table, int seconds) {
        execute("lock tables " + table + " write; select sleep(" + seconds + "); unlock tables;");
    }

    @Override
    public void touch(String table) {
        execute("lock tables " + table + " read nowait; unlock tables;");
    }

    @Override
    public void endWaiting() {
        execute(
                "set @waiting = (select id from information_schema.processlist where state = 'Waiting for table metadata lock'"
                        + " limit 1); execute immediate concat('kill ', @waiting);");
    }

    @Override
    public int port() {
        return home.port();
    }

    @Override
    public List<String> keycloakArguments(int through) {
        return List.of(
                "--db=mariadb",
                "--db-url=jdbc:" + URI.create("mariadb://127.0.0.1:" + through + "/" + NAME),
                "--db-username=" + NAME,
                "--db-password=" + NAME);
    }

    @Override
    public void close() {
        process.close();
        home.delete();
    }

    private static Path firstStatements(Path folder) {
        try {
            return Files.writeString(folder.resolve("first.sql"), FIRST_STATEMENTS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
