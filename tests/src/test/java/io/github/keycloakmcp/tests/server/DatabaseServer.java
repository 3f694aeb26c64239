package io.github.keycloakmcp.tests.server;

import java.util.List;

/** A database server on a loopback port, with an empty database for Keycloak. Closing it forgets its data. */
public interface DatabaseServer extends AutoCloseable {

    /** Starts the kind that {@code -Ddatabase} names, PostgreSQL by default; the machine has to have it. */
    static DatabaseServer start() {
        return switch (kind()) {
            case "postgres" -> PostgresServer.start();
            case "mariadb" -> MariaDbServer.start();
            default -> throw new IllegalArgumentException("-Ddatabase is postgres or mariadb, not " + kind());
        };
    }

    /** Whether this machine has the kind that {@link #start} would start. */
    static boolean isInstalled() {
        return kind().equals("mariadb") ? MariaDbServer.isInstalled() : PostgresServer.isInstalled();
    }

    private static String kind() {
        return TestSettings.database().orElse("postgres");
    }

    /** Ends a connection that waits for a table that is held; fails if none waits. */
    void endWaiting();

    /** The port that it listens on. */
    int port();

    /** Executes statements, such as what makes many rows at once; fails if one fails. */
    void execute(String statements);

    /** Keeps a table from all others for so many seconds; returns when it is theirs again. */
    void hold(String table, int seconds);

    /** Fails while a table is held. */
    void touch(String table);

    /** Arguments with which Keycloak uses the database, by way of another port, behind which it is. */
    List<String> keycloakArguments(int through);

    /** Arguments with which Keycloak uses the database. */
    default List<String> keycloakArguments() {
        return keycloakArguments(port());
    }

    @Override
    void close();
}
