package io.github.keycloakmcp.rule.resource;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * The catalogue: the MCP servers that the scopes of one request open. A server that is not in here can never become an
 * audience, whatever a client asks for. Looking one up costs the same for one server and for ten thousand.
 */
public final class McpServers {

    /** No catalogue at all: the request has nothing to do with MCP. A catalogue without servers is not this one. */
    public static final McpServers NONE =
            new McpServers(Map.of(), Map.of(), Set.of(), false, false, ServerClients.NONE);

    private final Map<String, McpServer> byCanonicalUri;

    /** Other URIs of these servers; asked last, so that an alias never takes the place of a server. */
    private final Map<String, McpServer> byAlias;

    /** Canonical URIs of the default servers; more than one where scopes disagree, which makes none. */
    private final Set<String> defaults;

    private final boolean opensClients;
    private final boolean legacyToDefault;
    private final ServerClients clients;

    private McpServers(
            Map<String, McpServer> byCanonicalUri,
            Map<String, McpServer> byAlias,
            Set<String> defaults,
            boolean opensClients,
            boolean legacyToDefault,
            ServerClients clients) {
        this.byCanonicalUri = byCanonicalUri;
        this.byAlias = byAlias;
        this.defaults = defaults;
        this.opensClients = opensClients;
        this.legacyToDefault = legacyToDefault;
        this.clients = clients;
    }

    /**
     * Builds the catalogue from what an administrator declared. A URI that is no valid resource indicator is left out
     * and reported: it could never be matched safely.
     *
     * @param invalid is told about each URI that is left out
     */
    public static McpServers declare(ServersDeclaration declaration, Consumer<Refusal> invalid) {
        Map<String, McpServer> servers = new HashMap<>();
        for (String uri : declaration.uris()) {
            read(uri, invalid)
                    .ifPresent(resource -> servers.putIfAbsent(resource.canonical(), new McpServer(resource)));
        }
        Aliases aliases = new Aliases();
        declaration
                .aliases()
                .forEach((alias, uri) -> read(alias, invalid).ifPresent(resource -> {
                    Optional<McpServer> server = lookUp(servers, uri);
                    if (server.isEmpty() || lookUp(servers, resource).isPresent()) {
                        invalid.accept(InvalidTarget.because(
                                RefusalCode.ALIAS_REFUSED,
                                "an alias must be no server itself and name a declared one: " + Refusal.excerpt(alias),
                                "alias of nothing"));
                    } else if (!aliases.add(resource.canonical(), server.get())) {
                        invalid.accept(InvalidTarget.because(
                                RefusalCode.ALIAS_REFUSED,
                                "an alias must name one server: " + Refusal.excerpt(alias),
                                "alias of two servers"));
                    }
                }));
        Map<String, McpServer> byAlias = aliases.uncontested();
        Optional<McpServer> standard =
                lookUp(servers, declaration.standard()).or(() -> lookUp(byAlias, declaration.standard()));
        if (standard.isEmpty() && !declaration.standard().isEmpty()) {
            invalid.accept(InvalidTarget.because(
                    RefusalCode.DEFAULT_SERVER_UNKNOWN,
                    "the default MCP server must be one of the declared: " + Refusal.excerpt(declaration.standard()),
                    "default server is not declared"));
        }
        return new McpServers(
                Map.copyOf(servers),
                byAlias,
                standard.map(server -> Set.of(server.resource().canonical())).orElse(Set.of()),
                declaration.clients(),
                declaration.legacyToDefault(),
                ServerClients.NONE);
    }

    /**
     * The servers of both catalogues, for a request whose scopes open servers in several places. Two different default
     * servers are none: guessing would send a token to a server nobody asked for.
     */
    public McpServers and(McpServers other) {
        if (!isMcp()) {
            return other;
        }
        if (!other.isMcp()) {
            return this;
        }
        Map<String, McpServer> servers = new HashMap<>(byCanonicalUri);
        other.byCanonicalUri.forEach(servers::putIfAbsent);
        Aliases aliases = new Aliases();
        byAlias.forEach(aliases::add);
        other.byAlias.forEach(aliases::add);
        Set<String> standards = new HashSet<>(defaults);
        standards.addAll(other.defaults);
        return new McpServers(
                Map.copyOf(servers),
                aliases.uncontested(),
                Set.copyOf(standards),
                opensClients || other.opensClients,
                legacyToDefault && other.legacyToDefault,
                clients);
    }

    /** This catalogue, with the clients of the realm that are servers. */
    public McpServers with(ServerClients clientsOfRealm) {
        return isMcp()
                ? new McpServers(byCanonicalUri, byAlias, defaults, opensClients, legacyToDefault, clientsOfRealm)
                : this;
    }

    /** Tells whether the request has to do with MCP, so that its token must be bound. */
    public boolean isMcp() {
        return this != NONE;
    }

    /** The server that {@code resource} names, by its canonical form, a trailing slash more or less forgiven. */
    public Verdict<McpServer> find(String resource) {
        return ResourceIndicator.parse(resource)
                .then(indicator -> lookUp(byCanonicalUri, indicator)
                        .or(() -> lookUp(byAlias, indicator))
                        .map(this::asClient)
                        .or(() -> opensClients ? clients.find(indicator) : Optional.empty())
                        .map(Verdict::allowed)
                        .orElseGet(() -> Verdict.refused(InvalidTarget.because(
                                RefusalCode.RESOURCE_UNKNOWN,
                                "resource is no MCP server that the requested scope opens: "
                                        + Refusal.excerpt(resource),
                                "resource is not declared on a mapper of an effective client scope"))));
    }

    /** The server meant by a client that names none. */
    Optional<McpServer> standard() {
        return defaults.size() == 1
                ? Optional.ofNullable(byCanonicalUri.get(defaults.iterator().next()))
                        .map(this::asClient)
                : Optional.empty();
    }

    /** The server that a refresh token from before the installation is bound to. */
    Optional<McpServer> legacyServer() {
        return legacyToDefault ? standard() : Optional.empty();
    }

    /** The servers that {@code resources} name, each once, or why one of them is refused. */
    Verdict<Set<McpServer>> findAll(List<String> resources) {
        return Verdict.all(resources, this::find).then(found -> Verdict.allowed(new LinkedHashSet<>(found)));
    }

    /** The declared spelling stays, the identity as a client is added. */
    private McpServer asClient(McpServer declared) {
        return clients.identify(declared.resource())
                .map(client -> new McpServer(declared.resource(), client.client()))
                .orElse(declared);
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
        Verdict<ResourceIndicator> read = ResourceIndicator.parse(uri);
        if (read instanceof Verdict.Refused<ResourceIndicator> refused) {
            invalid.accept(refused.refusal());
            return Optional.empty();
        }
        return Optional.of(((Verdict.Allowed<ResourceIndicator>) read).value());
    }
}
