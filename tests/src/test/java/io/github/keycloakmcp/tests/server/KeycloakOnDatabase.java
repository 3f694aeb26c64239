package io.github.keycloakmcp.tests.server;

import java.net.URI;
import java.util.List;

/** A server with a database server of its own, which ends with it. */
public final class KeycloakOnDatabase implements KeycloakServer {

    private final DatabaseServer database;
    private final KeycloakServer server;

    private KeycloakOnDatabase(DatabaseServer database, KeycloakServer server) {
        this.database = database;
        this.server = server;
    }

    /** Starts the database that {@code -Ddatabase} names, and the server on it. */
    static KeycloakOnDatabase start(ServerOptions options) {
        DatabaseServer database = DatabaseServer.start();
        try {
            String[] arguments = database.keycloakArguments().toArray(String[]::new);
            return new KeycloakOnDatabase(database, KeycloakServers.withoutDatabase(options.withArguments(arguments)));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** The database. */
    public DatabaseServer database() {
        return database;
    }

    @Override
    public URI url() {
        return server.url();
    }

    @Override
    public AdminUser admin() {
        return server.admin();
    }

    @Override
    public boolean hasLog() {
        return server.hasLog();
    }

    @Override
    public List<String> logLines() {
        return server.logLines();
    }

    @Override
    public void restart() {
        server.restart();
    }

    @Override
    public void close() {
        server.close();
        database.close();
    }
}
