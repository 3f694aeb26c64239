package io.github.keycloakmcp.resource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.ReadOnce;
import io.github.keycloakmcp.platform.ServerSettings;
import io.github.keycloakmcp.platform.Setting;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ServersDeclaration;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Reads the MCP servers that mappers declare. What was read is kept per text of the declaration, so that a realm with
 * ten thousand servers does not read them again for every token.
 */
final class DeclaredServers {

    static final Setting<Boolean> IGNORE_QUERY = Setting.flag(
            "ignore-resource-query",
            "Ignore the query of a resource",
            "Accepts the URI of a server with a query that a client appends, for example ?utm_source=plugin. The token names "
                    + "the declared URI. Do not switch it on if servers of different tenants differ in the query.",
            false);

    static final Setting<String> DEFAULT_SERVER = Setting.word(
            "default-mcp-server",
            "Default MCP server",
            "MCP server for clients that send no resource parameter; one of the MCP servers above.",
            "If empty, such clients are rejected with invalid_target.");

    static final String REJECT = "reject";
    static final String BIND_TO_DEFAULT = "bind-to-default";

    static final Setting<String> LEGACY = Setting.choice(
            "legacy-refresh-tokens",
            "Refresh tokens issued before installation",
            "Rejects refresh tokens that were issued before this mapper was added, so that users log in once (reject), or "
                    + "binds them to the default MCP server (bind-to-default).",
            REJECT,
            BIND_TO_DEFAULT);

    static final Setting<Integer> GRACE = Setting.number(
            "refresh-token-grace",
            "Refresh token grace period (seconds)",
            "Time in which a refresh token that has been used is accepted once more, because some clients send it twice at "
                    + "once. It needs refresh token rotation with a reuse of 1. 0 means none.",
            10);

    private static final List<Setting<?>> SETTINGS = List.of(
            ServerSettings.SERVERS,
            ServerSettings.SERVER_SCOPE,
            ServerSettings.SENSITIVE,
            ServerSettings.LOGIN_ACR,
            ServerSettings.LOGIN_MAX_AGE,
            ServerSettings.PATTERNS,
            ServerSettings.PLAIN_HTTP,
            ServerSettings.ALIASES,
            IGNORE_QUERY,
            ServerSettings.NAMED,
            DEFAULT_SERVER,
            ServerSettings.CLIENTS,
            ServerSettings.ADVERTISE,
            LEGACY,
            GRACE);

    static final List<ProviderConfigProperty> PROPERTIES =
            SETTINGS.stream().map(Setting::property).toList();

    /** By what the mappers of a request declare together, so that several scopes are not put together for every token. */
    private final ReadOnce<List<Map<String, String>>, McpServers> known = new ReadOnce<>();

    /** The servers that {@code mappers} open together. */
    McpServers openedBy(List<ProtocolMapperModel> mappers) {
        List<Map<String, String>> declared = mappers.size() == 1
                ? List.of(mappers.get(0).getConfig())
                : mappers.stream().map(ProtocolMapperModel::getConfig).toList();
        return known.find(declared).orElseGet(() -> known.keep(unchanging(mappers), read(mappers)));
    }

    /** Reads a declaration that an administrator is about to save. */
    static void check(ProtocolMapperModel mapper, Consumer<Refusal> invalid) {
        read(mapper.getConfig(), invalid);
    }

    private static List<Map<String, String>> unchanging(List<ProtocolMapperModel> mappers) {
        return mappers.stream()
                .<Map<String, String>>map(mapper -> new HashMap<>(mapper.getConfig()))
                .toList();
    }

    private static McpServers read(List<ProtocolMapperModel> mappers) {
        return mappers.stream().map(DeclaredServers::declaredBy).reduce(McpServers.NONE, McpServers::and);
    }

    /** Tells {@code invalid} which entries are ignored, because they do not have the form of their setting. */
    static void checkForm(ProtocolMapperModel mapper, Consumer<String> invalid) {
        SETTINGS.forEach(setting -> setting.in(mapper.getConfig(), invalid));
    }

    private static McpServers declaredBy(ProtocolMapperModel mapper) {
        checkForm(mapper, problem -> McpLog.invalidEntry("mapper '" + mapper.getName() + "'", problem));
        return read(mapper.getConfig(), refusal -> McpLog.serverLeftOut(mapper.getName(), refusal.description()));
    }

    private static McpServers read(Map<String, String> mapper, Consumer<Refusal> invalid) {
        return McpServers.declare(
                new ServersDeclaration(
                        ServerSettings.SERVERS.in(mapper),
                        ServerSettings.ALIASES.in(mapper),
                        DEFAULT_SERVER.in(mapper),
                        ServerSettings.CLIENTS.in(mapper),
                        ServerSettings.NAMED.in(mapper),
                        ServerSettings.PATTERNS.in(mapper),
                        IGNORE_QUERY.in(mapper),
                        Set.copyOf(ServerSettings.PLAIN_HTTP.in(mapper)),
                        BIND_TO_DEFAULT.equals(LEGACY.in(mapper))),
                invalid);
    }
}
