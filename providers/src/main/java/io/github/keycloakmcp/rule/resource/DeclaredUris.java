package io.github.keycloakmcp.rule.resource;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The URIs that administrators declare, read.
 *
 * @param servers the servers, by canonical URI
 * @param aliases other URIs of these servers, by canonical URI; looked up last, so that an alias never takes the place of a
 *     server
 * @param defaults canonical URIs of the default servers; more than one where scopes disagree, which makes none
 * @param patterns patterns of further servers
 * @param plainHttpHosts hosts, with their port, whose servers may have a URI with http
 * @param ignoringQuery canonical URIs of the servers for which a query is ignored
 */
record DeclaredUris(
        Map<String, McpServer> servers,
        Map<String, McpServer> aliases,
        Set<String> defaults,
        Set<ServerPattern> patterns,
        Set<String> ignoringQuery,
        Set<String> plainHttpHosts) {

    /** A client id or a word; nothing that could be the URI of a server. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,255}");

    static final DeclaredUris NONE = new DeclaredUris(Map.of(), Map.of(), Set.of(), Set.of(), Set.of(), Set.of());

    DeclaredUris {
        servers = Map.copyOf(servers);
        aliases = Map.copyOf(aliases);
        defaults = Set.copyOf(defaults);
        patterns = Set.copyOf(patterns);
        ignoringQuery = Set.copyOf(ignoringQuery);
        plainHttpHosts = Set.copyOf(plainHttpHosts);
    }

    /** Reads a declaration; each URI that cannot be read is ignored and reported to {@code invalid}. */
    static DeclaredUris of(ServersDeclaration declaration, Consumer<Refusal> invalid) {
        Map<String, McpServer> servers = new HashMap<>();
        for (String uri : declaration.uris()) {
            read(uri, declaration.plainHttpHosts(), invalid)
                    .ifPresent(resource -> servers.putIfAbsent(resource.canonical(), new McpServer(resource)));
        }
        declaration.named().forEach((name, uri) -> name(name, uri, servers, invalid));
        Map<String, McpServer> aliases = aliases(declaration, servers, invalid);
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
                        .orElse(Set.of()),
                patterns(declaration.patterns(), invalid),
                declaration.ignoreQuery() ? servers.keySet() : Set.of(),
                declaration.plainHttpHosts());
    }

    private static Set<ServerPattern> patterns(List<String> written, Consumer<Refusal> invalid) {
        Set<ServerPattern> patterns = new HashSet<>();
        for (String pattern : written) {
            Verdict<ServerPattern> read = ServerPattern.parse(pattern);
            read.decided().ifPresent(patterns::add);
            if (read instanceof Verdict.Refused<ServerPattern> refused) {
                invalid.accept(refused.refusal());
            }
        }
        return patterns;
    }

    /** Adds a name to its server. A name is never a URI, so that it cannot be another MCP server's. */
    private static void name(String name, String uri, Map<String, McpServer> servers, Consumer<Refusal> invalid) {
        Optional<McpServer> server = lookUp(servers, uri);
        if (server.isEmpty() || !NAME.matcher(name).matches()) {
            invalid.accept(InvalidTarget.because(
                    RefusalCode.ALIAS_REFUSED,
                    "an additional audience must be a name without colon and slash, followed by a declared MCP server: "
                            + Refusal.excerpt(name),
                    "additional audience of nothing, or a URI"));
            return;
        }
        Set<String> names = new HashSet<>(server.get().named());
        names.add(name);
        servers.put(
                server.get().resource().canonical(), new McpServer(server.get().resource(), null, names));
    }

    private static Map<String, McpServer> aliases(
            ServersDeclaration declaration, Map<String, McpServer> servers, Consumer<Refusal> invalid) {
        Aliases aliases = new Aliases();
        declaration
                .aliases()
                .forEach((alias, uri) -> read(alias, declaration.plainHttpHosts(), invalid)
                        .ifPresent(resource -> {
                            Optional<McpServer> server = lookUp(servers, uri);
                            if (server.isEmpty() || lookUp(servers, resource).isPresent()) {
                                invalid.accept(InvalidTarget.because(
                                        RefusalCode.ALIAS_REFUSED,
                                        "an alias must name a declared MCP server and not be one itself: "
                                                + Refusal.excerpt(alias),
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
        Set<ServerPattern> allPatterns = new HashSet<>(patterns);
        allPatterns.addAll(other.patterns);
        Set<String> allIgnoring = new HashSet<>(ignoringQuery);
        allIgnoring.addAll(other.ignoringQuery);
        Set<String> allPlain = new HashSet<>(plainHttpHosts);
        allPlain.addAll(other.plainHttpHosts);
        return new DeclaredUris(allServers, allAliases.uncontested(), allDefaults, allPatterns, allIgnoring, allPlain);
    }

    /** The server that is declared under the URI or has it as an alias, a trailing slash more or less forgiven. */
    Optional<McpServer> find(ResourceIndicator indicator) {
        return lookUp(servers, indicator).or(() -> lookUp(aliases, indicator)).or(() -> matching(indicator));
    }

    /** The URI that is meant: as it is, or without a query that is ignored. */
    Verdict<ResourceIndicator> read(String resource) {
        McpServer declared = asDeclared(resource);
        if (declared != null) {
            return Verdict.allowed(declared.resource());
        }
        int query = resource.indexOf('?');
        return query > 0
                        && resource.indexOf('#') < 0
                        && ResourceIndicator.parse(resource.substring(0, query), plainHttpHosts::contains)
                                instanceof Verdict.Allowed<ResourceIndicator> plain
                        && find(plain.value())
                                .filter(server ->
                                        ignoringQuery.contains(server.resource().canonical()))
                                .isPresent()
                ? plain
                : ResourceIndicator.parse(resource, plainHttpHosts::contains);
    }

    /** The server that is declared as {@code uri}, letter by letter, if that is its canonical form as well; nothing is read anew. */
    @Nullable
    McpServer asDeclared(String uri) {
        McpServer server = servers.get(uri);
        return server != null && server.uri().equals(uri) ? server : null;
    }

    private Optional<McpServer> matching(ResourceIndicator indicator) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(indicator))
                ? Optional.of(new McpServer(indicator))
                : Optional.empty();
    }

    /** The server that is declared under exactly this canonical URI. */
    Optional<McpServer> at(ResourceIndicator indicator) {
        return Optional.ofNullable(servers.get(indicator.canonical())).or(() -> matching(indicator));
    }

    /** The only default server. */
    Optional<McpServer> defaultServer() {
        return defaults.size() == 1
                ? Optional.ofNullable(servers.get(defaults.iterator().next()))
                : Optional.empty();
    }

    private static Optional<McpServer> lookUp(Map<String, McpServer> servers, String uri) {
        return ResourceIndicator.parseAlsoPlainHttp(uri) instanceof Verdict.Allowed<ResourceIndicator> allowed
                ? lookUp(servers, allowed.value())
                : Optional.empty();
    }

    private static Optional<McpServer> lookUp(Map<String, McpServer> servers, ResourceIndicator indicator) {
        McpServer server = servers.get(indicator.canonical());
        return Optional.ofNullable(server != null ? server : servers.get(indicator.canonicalWithSlashToggled()));
    }

    private static Optional<ResourceIndicator> read(String uri, Set<String> plainHttpHosts, Consumer<Refusal> invalid) {
        return ResourceIndicator.parse(uri, plainHttpHosts::contains).fold(Optional::of, refusal -> {
            invalid.accept(refusal);
            return Optional.empty();
        });
    }
}
