package io.github.keycloakmcp.example;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One setting of the server: {@code --jwks-uri=…} on the command line, {@code MCP_JWKS_URI} in the environment, a
 * fallback and a line of help. The command line wins; an empty value counts as absent.
 */
enum Option {
    PORT("3001", "port to listen on; 0 picks a free one"),
    HOST("127.0.0.1", "address to listen on"),
    RESOURCE("", "public URL of this MCP server, the audience tokens must have (http://localhost:<port>/mcp)"),
    ISSUER("http://localhost:8080/realms/mcp", "authorization server whose tokens are accepted"),
    SCOPE("mcp:tools", "scope a token must have; several are separated by spaces"),
    ADVERTISE_SCOPES("true", "false: name no scope to clients and require none"),
    TOOL_SCOPES("", "scopes that single tools need, like add=calc:add; several are separated by spaces"),
    DPOP("accepted", "required: refuse tokens that are not bound to a key of their client (RFC 9449)"),
    JWKS_URI("", "where the signing keys are (from the issuer's metadata)"),
    NAME("Example MCP server", "name shown to people");

    private final String fallback;
    private final String help;

    Option(String fallback, String help) {
        this.fallback = fallback;
        this.help = help;
    }

    String fallback() {
        return fallback;
    }

    String flag() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String variable() {
        return "MCP_" + name();
    }

    static Optional<Option> byFlag(String flag) {
        return Arrays.stream(values())
                .filter(option -> option.flag().equals(flag))
                .findFirst();
    }

    static String usage() {
        return Arrays.stream(values())
                .map(option -> "  %-20s %-21s %s%s"
                        .formatted(
                                option.flag(),
                                option.variable(),
                                option.help,
                                option.fallback.isEmpty() ? "" : " (" + option.fallback + ")"))
                .collect(Collectors.joining("\n", "usage: java -jar mcp-server.jar [--option=value ...]\n\n", ""));
    }
}
