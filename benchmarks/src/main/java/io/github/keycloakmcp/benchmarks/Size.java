package io.github.keycloakmcp.benchmarks;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How big a realm is.
 *
 * @param servers how many MCP servers its scope {@code mcp:tools} opens; 0 where the realm is not set up for MCP at all
 * @param clients how many clients it has
 */
public record Size(int servers, int clients) {

    /** The name of a realm of this size. */
    String realm() {
        return "servers-" + servers + "-clients-" + clients;
    }

    /** Whether the realm has to do with MCP, on the server with the extension. */
    boolean isMcp() {
        return servers > 0;
    }

    /** All MCP servers, as the realm file wants them. */
    String declaration() {
        return IntStream.range(0, servers).mapToObj(Size::server).collect(Collectors.joining("##"));
    }

    /** An MCP server in the middle of the list. */
    public String server() {
        return server(servers / 2);
    }

    private static String server(int number) {
        return "https://mcp-%d.example.com/mcp".formatted(number);
    }
}
