package io.github.keycloakmcp.rule.resource;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * The catalogue: the MCP servers that the scopes of one request open. A server that is not in here can never become an
 * audience, whatever a client requests. Looking one up costs the same for one server and for ten thousand.
 */
public final class McpServers {

    /** No catalogue at all: the request has nothing to do with MCP. A catalogue without servers is not this one. */
    public static final McpServers NONE = new McpServers(DeclaredUris.NONE, false, false, Map.of());

    private final DeclaredUris declared;
    private final boolean opensClients;
    private final boolean legacyToDefault;

    /** The looked-up servers that are clients of the realm, by the canonical URI of their {@link ClientLookup}. */
    private final Map<String, McpServer> clients;

    private McpServers(
            DeclaredUris declared, boolean opensClients, boolean legacyToDefault, Map<String, McpServer> clients) {
        this.declared = declared;
        this.opensClients = opensClients;
        this.legacyToDefault = legacyToDefault;
        this.clients = clients;
    }

    /**
     * Builds the catalogue from what an administrator declared. A URI that is not a valid resource indicator is ignored and
     * reported: it could never be matched safely.
     *
     * @param invalid is told about each URI that is ignored
     */
    public static McpServers declare(ServersDeclaration declaration, Consumer<Refusal> invalid) {
        return new McpServers(
                DeclaredUris.of(declaration, invalid), declaration.clients(), declaration.legacyToDefault(), Map.of());
    }

    /**
     * The URIs that can be those of servers.
     *
     * @param plainHttpHosts hosts, with their port, whose servers may have a URI with http
     */
    public static Stream<String> readable(List<String> uris, List<String> plainHttpHosts) {
        return uris.stream()
                .filter(uri -> ResourceIndicator.parse(uri, plainHttpHosts::contains) instanceof Verdict.Allowed);
    }

    /**
     * The servers of both catalogues, for a request whose scopes open servers in several places. Two different default
     * servers are none: guessing would send a token to a server that no user approved.
     */
    public McpServers and(McpServers other) {
        if (!isMcp()) {
            return other;
        }
        return other.isMcp()
                ? new McpServers(
                        declared.and(other.declared),
                        opensClients || other.opensClients,
                        legacyToDefault && other.legacyToDefault,
                        clients)
                : this;
    }

    /**
     * The clients of the realm that have to be looked up before a request that names {@code resources} is decided: those of
     * the servers that it names and of the default server.
     */
    public Set<ClientLookup> clientsBehind(Collection<String> resources) {
        Set<ClientLookup> lookups = new LinkedHashSet<>();
        defaultServer().ifPresent(server -> lookups.add(new ClientLookup(server.resource(), true)));
        for (String resource : resources) {
            if (declared.read(resource) instanceof Verdict.Allowed<ResourceIndicator> allowed) {
                declared.find(allowed.value())
                        .map(server -> new ClientLookup(server.resource(), true))
                        .or(() ->
                                opensClients ? Optional.of(new ClientLookup(allowed.value(), false)) : Optional.empty())
                        .ifPresent(lookups::add);
            }
        }
        return lookups;
    }

    /**
     * This catalogue with what was looked up.
     *
     * @param found the servers that were found, by the canonical URI of their {@link ClientLookup}
     */
    public McpServers with(Map<String, McpServer> found) {
        boolean nothingNew = found.isEmpty() && clients.isEmpty();
        return isMcp() && !nothingNew
                ? new McpServers(declared, opensClients, legacyToDefault, Map.copyOf(found))
                : this;
    }

    /** Tells whether the request has to do with MCP, so that its token must be bound. */
    public boolean isMcp() {
        return this != NONE;
    }

    /** The server that {@code resource} names, by its canonical form, a trailing slash more or less forgiven. */
    public Verdict<McpServer> find(String resource) {
        return declared.read(resource)
                .then(indicator -> declared.find(indicator)
                        .map(this::asClient)
                        .or(() -> client(indicator))
                        .map(Verdict::allowed)
                        .orElseGet(() -> Verdict.refused(InvalidTarget.because(
                                RefusalCode.RESOURCE_UNKNOWN,
                                "unknown resource " + Refusal.excerpt(resource)
                                        + ": no requested scope grants access to it",
                                "resource is not declared on a mapper of an effective client scope"))));
    }

    /**
     * The server that is declared as {@code uri}, letter by letter. Whatever a grant carries is looked up so: a forgiving
     * look-up, an alias or the default could name another server by now than the one that the user approved.
     */
    Optional<McpServer> declaredAs(String uri) {
        McpServer server = declared.asDeclared(uri);
        if (server != null) {
            return Optional.of(asClient(server));
        }
        return ResourceIndicator.parseAlsoPlainHttp(uri) instanceof Verdict.Allowed<ResourceIndicator> allowed
                ? declared.at(allowed.value())
                        .map(this::asClient)
                        .or(() -> client(allowed.value()))
                        .filter(found -> found.uri().equals(uri))
                : Optional.empty();
    }

    /** Tells whether one of these servers is declared as {@code uri}, letter by letter. */
    public boolean opens(String uri) {
        return declaredAs(uri).isPresent();
    }

    /** The server meant by a client that names none. */
    Optional<McpServer> defaultServer() {
        return declared.defaultServer().map(this::asClient);
    }

    /** The server that a refresh token from before the installation is bound to. */
    Optional<McpServer> legacyServer() {
        return legacyToDefault ? defaultServer() : Optional.empty();
    }

    /** The servers that {@code resources} name, each once, or why one of them is refused. */
    Verdict<Set<McpServer>> findAll(List<String> resources) {
        if (resources.size() == 1) {
            return find(resources.get(0)).then(found -> Verdict.allowed(Set.of(found)));
        }
        return Verdict.all(resources, this::find).then(found -> Verdict.allowed(new LinkedHashSet<>(found)));
    }

    /** The declared spelling stays, the identity as a client is added. */
    private McpServer asClient(McpServer server) {
        McpServer client = clients.get(server.resource().canonical());
        return client == null ? server : new McpServer(server.resource(), client.client(), server.named());
    }

    private Optional<McpServer> client(ResourceIndicator indicator) {
        return opensClients ? Optional.ofNullable(clients.get(indicator.canonical())) : Optional.empty();
    }
}
