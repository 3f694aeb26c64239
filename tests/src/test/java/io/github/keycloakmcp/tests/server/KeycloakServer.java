package io.github.keycloakmcp.tests.server;

import java.net.URI;
import java.util.List;

/** A running Keycloak with the product installed. Closing it ends whatever was started for it. */
public interface KeycloakServer extends AutoCloseable {

    /** The base URL without a trailing slash. */
    URI url();

    /** Who may use Admin REST. */
    AdminUser admin();

    /** Whether {@link #logLines()} can answer; a server that was only given by its URL keeps its log to itself. */
    boolean hasLog();

    /** Everything the server has logged so far. */
    List<String> logLines();

    /** The end of the log, for failure messages. */
    default String logTail() {
        List<String> lines = logLines();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    /** Stops and starts the server with its data; unsupported where the server belongs to somebody else. */
    void restart();

    @Override
    void close();
}
