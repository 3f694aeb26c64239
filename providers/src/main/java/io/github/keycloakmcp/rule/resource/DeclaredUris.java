package io.github.keycloakmcp.rule.resource;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * The URIs that administrators declare, read.
 *
 * @param servers the servers, by canonical URI
 * @param aliases other URIs of these servers, by canonical URI; looked up last, so that an alias never takes the place of a
 *     server
 * @param defaults canonical URIs of the default servers; more than one where scopes disagree, which makes none
 */
record DeclaredUris(Map<String, McpServer> servers, Map<String, McpServer> aliases, Set<String> defaults) {

    static final DeclaredUris NONE = new DeclaredUris(Map.of(), Map.of(), Set.of());

    DeclaredUris {
        servers = Map.copyOf(servers);
        aliases = Map.copyOf(aliases);
        defaults = Set.copyOf(defaults);
    }

    /** Reads a declaration; each URI that cannot be read is ignored and reported to {@code invalid}. */
    static DeclaredUris of(ServersDeclaration declaration, Consumer<Refusal> invalid) {
        Map<String, McpServer> servers = new HashMap<>();
        for (String uri : declaration.uris()) {
            read(uri, invalid)
                    .ifPresent(resource -> servers.putIfAbsent(resource.canonical(), new McpServer(resource)));
        }
        Map<String, McpServer> aliases = aliases(declaration.aliases(), servers, invalid);
        Optional<McpServer> defaultServer =
                lookUp(servers, declaration.defaultServer()).or(() -> lookUp(aliases, declaration.defaultServer()));
        if (defaultServer.isEmpty() && !declaration.defaultServer().isEmpty()) {
            invalid.accept(InvalidTarget.because(
                    RefusalCode.DEFAULT_SERVER_UNKNOWN,
                    "the default MCP server must be one of the declared servers: "
                            + Refusal.excerpt(declaration.defaultServer()),
                    "default server is not declared"));
        }
        return new DeclaredUris(
                servers,
                aliases,
                defaultServer
                        .map(server -> Set.of(server.resource().canonical()))
                        .orElse(Set.of()));
    }

    private static Map<String, McpServer> aliases(
            Map<String, String> declared, Map<String, McpServer> servers, Consumer<Refusal> invalid) {
        Aliases aliases = new Aliases();
        declared.forEach((alias, uri) -> read(alias, invalid).ifPresent(resource -> {
            Optional<McpServer> server = lookUp(servers, uri);
            if (server.isEmpty() || lookUp(servers, resource).isPresent()) {
                invalid.accept(InvalidTarget.because(
                        RefusalCode.ALIAS_REFUSED,
                        "an alias must name a declared MCP server and not be one itself: " + Refusal.excerpt(alias),
                        "alias of nothing"));
            } else if (!aliases.add(resource.canonical(), server.get())) {
                invalid.accept(InvalidTarget.because(
                        RefusalCode.ALIAS_REFUSED,
                        "an alias must not name two servers: " + Refusal.excerpt(alias),
                        "alias of two servers"));
            }
        }));
        return aliases.uncontested();
    }

    /** Both together. An alias of two servers is none. */
    DeclaredUris and(DeclaredUris other) {
        Map<String, McpServer> allServers = new HashMap<>(servers);
        other.servers.forEach(allServers::putIfAbsent);
        Aliases allAliases = new Aliases();
        aliases.forEach(allAliases::add);
        other.aliases.forEach(allAliases::add);
        Set<String> allDefaults = new HashSet<>(defaults);
        allDefaults.addAll(other.defaults);
        return new DeclaredUris(allServers, allAliases.uncontested(), allDefaults);
    }

    /** The server that is declared under the URI or has it as an alias, a trailing slash more or less forgiven. */
    Optional<McpServer> find(ResourceIndicator indicator) {
        return lookUp(servers, indicator).or(() -> lookUp(aliases, indicator));
    }

    /** The server that is declared under exactly this canonical URI. */
    Optional<McpServer> at(ResourceIndicator indicator) {
        return Optional.ofNullable(servers.get(indicator.canonical()));
    }

    /** The only default server. */
    Optional<McpServer> defaultServer() {
        return defaults.size() == 1
                ? Optional.ofNullable(servers.get(defaults.iterator().next()))
                : Optional.empty();
    }

    private static Optional<McpServer> lookUp(Map<String, McpServer> servers, String uri) {
        return ResourceIndicator.parse(uri) instanceof Verdict.Allowed<ResourceIndicator> allowed
                ? lookUp(servers, allowed.value())
                : Optional.empty();
    }

    private static Optional<McpServer> lookUp(Map<String, McpServer> servers, ResourceIndicator indicator) {
        McpServer server = servers.get(indicator.canonical());
        return Optional.ofNullable(server != null ? server : servers.get(indicator.canonicalWithSlashToggled()));
    }

    private static Optional<ResourceIndicator> read(String uri, Consumer<Refusal> invalid) {
        return ResourceIndicator.parse(uri).fold(Optional::of, refusal -> {
            invalid.accept(refusal);
            return Optional.empty();
        });
    }
}
