package io.github.keycloakmcp.rule.resource;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue: the MCP servers that the scopes of one request open. A server that is not in here can never become an
 * audience, whatever a client asks for. Looking one up costs the same for one server and for ten thousand.
 */
public final class McpServers {

    /** No server at all: the request has nothing to do with MCP. */
    public static final McpServers NONE = new McpServers(Map.of(), null);

    private final Map<String, McpServer> byCanonicalUri;
    private final @Nullable McpServer standard;

    private McpServers(Map<String, McpServer> byCanonicalUri, @Nullable McpServer standard) {
        this.byCanonicalUri = byCanonicalUri;
        this.standard = standard;
    }

    /**
     * Builds the catalogue from what an administrator declared. A declaration that is no valid resource indicator is
     * left out and reported: it could never be matched safely.
     *
     * @param uris the declared URIs
     * @param defaultUri the server meant by clients that send no {@code resource}; empty for none
     * @param invalid is told about each declaration that is left out
     */
    public static McpServers declare(List<String> uris, String defaultUri, Consumer<Refusal> invalid) {
        Map<String, McpServer> servers = new HashMap<>();
        for (String uri : uris) {
            Verdict<ResourceIndicator> read = ResourceIndicator.parse(uri);
            if (read instanceof Verdict.Allowed<ResourceIndicator> allowed) {
                servers.putIfAbsent(allowed.value().canonical(), new McpServer(allowed.value()));
            } else if (read instanceof Verdict.Refused<ResourceIndicator> refused) {
                invalid.accept(refused.refusal());
            }
        }
        McpServers catalogue = new McpServers(Map.copyOf(servers), null);
        if (defaultUri.isEmpty()) {
            return catalogue;
        }
        Verdict<McpServer> standard = catalogue.find(defaultUri);
        if (standard instanceof Verdict.Allowed<McpServer> allowed) {
            return new McpServers(catalogue.byCanonicalUri, allowed.value());
        }
        invalid.accept(InvalidTarget.because(
                "the default MCP server must be one of the declared servers: " + Refusal.excerpt(defaultUri),
                "default server is not declared"));
        return catalogue;
    }

    /**
     * The servers of both catalogues, for a request whose scopes open servers in several places. Two different default
     * servers are none: guessing would send a token to a server nobody asked for.
     */
    public McpServers and(McpServers other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        Map<String, McpServer> servers = new HashMap<>(byCanonicalUri);
        other.byCanonicalUri.forEach(servers::putIfAbsent);
        return new McpServers(Map.copyOf(servers), agreedDefault(other));
    }

    /** Tells whether the request has nothing to do with MCP. */
    public boolean isEmpty() {
        return byCanonicalUri.isEmpty();
    }

    /** The server meant by a client that names none. */
    public Optional<McpServer> standard() {
        return Optional.ofNullable(standard);
    }

    /** The server that {@code resource} names, by its canonical form, a trailing slash more or less forgiven. */
    public Verdict<McpServer> find(String resource) {
        return ResourceIndicator.parse(resource).then(indicator -> {
            McpServer server = byCanonicalUri.get(indicator.canonical());
            if (server == null) {
                server = byCanonicalUri.get(indicator.canonicalWithSlashToggled());
            }
            return server != null
                    ? Verdict.allowed(server)
                    : Verdict.refused(InvalidTarget.because(
                            "resource is no MCP server that the requested scope opens: " + Refusal.excerpt(resource),
                            "resource is not declared on a mapper of an effective client scope"));
        });
    }

    /** The servers that {@code resources} name, each once, or why one of them is refused. */
    Verdict<Set<McpServer>> findAll(List<String> resources) {
        Set<McpServer> found = new LinkedHashSet<>();
        for (String resource : resources) {
            Verdict<McpServer> server = find(resource);
            if (server instanceof Verdict.Refused<McpServer> refused) {
                return Verdict.refused(refused.refusal());
            }
            found.add(((Verdict.Allowed<McpServer>) server).value());
        }
        return Verdict.allowed(found);
    }

    private @Nullable McpServer agreedDefault(McpServers other) {
        if (standard == null || other.standard == null) {
            return standard == null ? other.standard : standard;
        }
        return standard.equals(other.standard) ? standard : null;
    }
}
