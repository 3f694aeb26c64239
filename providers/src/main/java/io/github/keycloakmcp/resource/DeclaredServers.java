package io.github.keycloakmcp.resource;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.Setting;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.resource.McpServers;
import org.keycloak.models.ProtocolMapperModel;

/**
 * Reads the MCP servers that mappers declare. What was read is kept per text of the declaration, so that a realm with
 * ten thousand servers does not read them again for every token.
 */
final class DeclaredServers {

    static final Setting<List<String>> SERVERS = Setting.uris(
            "mcp-servers",
            "MCP servers",
            "URI of each MCP server that this client scope opens, as the server itself checks it in the audience of a "
                    + "token, for example https://mcp.example.com/mcp. A client can get a token for these servers only.");

    static final Setting<String> DEFAULT_SERVER = Setting.word(
            "default-mcp-server",
            "Default MCP server",
            "One of the MCP servers, meant by clients that send no resource parameter. Leave empty to refuse such "
                    + "clients with invalid_target.");

    /** More declarations than any server has; reached only if something generates them, then reading starts afresh. */
    private static final int MOST_KEPT = 1_000;

    private final Map<Declaration, McpServers> known = new ConcurrentHashMap<>();

    /** What a mapper declares, as the text it is stored in: cheap to compare, whatever its length. */
    private record Declaration(String servers, String standard) {

        static Declaration of(ProtocolMapperModel mapper) {
            Map<String, String> configuration = mapper.getConfig();
            return new Declaration(
                    configuration.getOrDefault(SERVERS.key(), ""),
                    configuration.getOrDefault(DEFAULT_SERVER.key(), ""));
        }
    }

    /** The servers that the mappers among {@code mappers} open together. */
    McpServers openedBy(Stream<ProtocolMapperModel> mappers) {
        return mappers.filter(mapper -> ProviderIds.RESOURCE_AUDIENCE.equals(mapper.getProtocolMapper()))
                .map(this::declaredBy)
                .reduce(McpServers.NONE, McpServers::and);
    }

    /** Reads a declaration that an administrator is about to save. */
    static void check(ProtocolMapperModel mapper, Consumer<Refusal> invalid) {
        read(mapper, invalid);
    }

    private McpServers declaredBy(ProtocolMapperModel mapper) {
        Declaration declaration = Declaration.of(mapper);
        McpServers kept = known.get(declaration);
        if (kept != null) {
            return kept;
        }
        if (known.size() >= MOST_KEPT) {
            known.clear();
        }
        McpServers servers = read(mapper, refusal -> McpLog.serverLeftOut(mapper.getName(), refusal.description()));
        known.put(declaration, servers);
        return servers;
    }

    private static McpServers read(ProtocolMapperModel mapper, Consumer<Refusal> invalid) {
        return McpServers.declare(SERVERS.in(mapper.getConfig()), DEFAULT_SERVER.in(mapper.getConfig()), invalid);
    }
}
