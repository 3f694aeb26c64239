package io.github.keycloakmcp.tests.integration.resource;

import io.github.keycloakmcp.tests.server.McpRealm;

/** The ways in which a client names its MCP server, or fails to: the columns of the table. */
enum Spelling {
    NOTHING,
    CANONICAL(McpRealm.SERVER_A),
    ALIAS(Spelling.OTHER_NAME),
    CAPITALS_IN_HOST("HTTP://LOCALHOST:3001/mcp"),
    TRAILING_SLASH("http://localhost:3001/mcp/"),
    UNKNOWN("https://evil.example/mcp"),
    RELATIVE("/mcp"),
    FRAGMENT("http://localhost:3001/mcp#part"),
    QUERY("http://localhost:3001/mcp?tenant=1"),
    USER_INFO("http://alice@localhost:3001/mcp"),
    OVER_LONG("http://localhost:3001/mcp/" + "x".repeat(3_000)),
    CONTROL_CHARACTERS("http://localhost:3001/mcp\r\nX-Injected: 1"),
    REPEATED(McpRealm.SERVER_A, McpRealm.SERVER_B);

    /** The alias of server A, which has to be declared. */
    static final String OTHER_NAME = "https://old-name.example/mcp";

    private static final String SEPARATOR = "##";

    private final String values;

    Spelling(String... values) {
        this.values = String.join(SEPARATOR, values);
    }

    /** The values of the parameter {@code resource}. */
    String[] resources() {
        return values.isEmpty() ? new String[0] : values.split(SEPARATOR, -1);
    }

    /** Whether it names server A. */
    boolean isServerA() {
        return switch (this) {
            case CANONICAL, ALIAS, CAPITALS_IN_HOST, TRAILING_SLASH -> true;
            default -> false;
        };
    }

    /** Whether Keycloak refuses it at the authorization endpoint before it asks anybody else. */
    boolean isMalformedToKeycloak() {
        return switch (this) {
            case RELATIVE, FRAGMENT, QUERY, CONTROL_CHARACTERS -> true;
            default -> false;
        };
    }
}
