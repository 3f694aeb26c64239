package io.github.keycloakmcp.platform;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a log line, for logs that are read by programs: with {@code --log-console-output=json}, the line has them in
 * {@code mdc}. Without it, an alert on a number or a realm has to search in the English text.
 */
final class LogFields {

    private static final int NUMBER = "KCMCP-0000".length();

    private final Map<String, String> fields = new LinkedHashMap<>();

    private LogFields() {}

    static LogFields none() {
        return new LogFields();
    }

    static LogFields realm(String realm) {
        return new LogFields().with("mcp.realm", realm);
    }

    LogFields client(String client) {
        return with("mcp.client", client);
    }

    private LogFields with(String name, String value) {
        fields.put(name, value);
        return this;
    }

    /** Logs a line whose text begins with its number, which is a field as well. */
    void log(Logger log, Logger.Level level, @Nullable Throwable cause, String text, Object... values) {
        with("mcp.number", text.substring(0, NUMBER));
        fields.forEach(MDC::put);
        try {
            log.logf(level, cause, text, values);
        } finally {
            fields.keySet().forEach(MDC::remove);
        }
    }
}
