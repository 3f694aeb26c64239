package io.github.keycloakmcp.rule.resource;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an administrator declares about the MCP servers that one client scope opens, as written.
 *
 * @param uris the URI of each server
 * @param aliases other URIs under which clients may ask for one of them, by alias
 * @param defaultServer the server meant by clients that send no {@code resource}; empty for none
 * @param clients whether clients of the realm that declare a resource URL are servers of this scope, too
 * @param named other names in {@code aud}, each with the URI of its server
 * @param patterns patterns of URIs, each matching URI a server of its own
 * @param ignoreQuery whether a query that a client appends to the URI of a server is ignored
 * @param plainHttpHosts hosts, with their port, whose servers may have a URI with http
 * @param legacyToDefault whether a refresh token from before the installation is bound to the default server instead of
 *     being refused
 */
public record ServersDeclaration(
        List<String> uris,
        Map<String, String> aliases,
        String defaultServer,
        boolean clients,
        Map<String, String> named,
        List<String> patterns,
        boolean ignoreQuery,
        Set<String> plainHttpHosts,
        boolean legacyToDefault) {

    public ServersDeclaration {
        uris = List.copyOf(uris);
        aliases = Map.copyOf(aliases);
        named = Map.copyOf(named);
        patterns = List.copyOf(patterns);
        plainHttpHosts = Set.copyOf(plainHttpHosts);
    }

    /** A declaration without other names. */
    public ServersDeclaration(
            List<String> uris,
            Map<String, String> aliases,
            String defaultServer,
            boolean clients,
            boolean legacyToDefault) {
        this(uris, aliases, defaultServer, clients, Map.of(), List.of(), false, Set.of(), legacyToDefault);
    }

    /** A declaration of all that names a server in a request, to find out which names are taken. */
    public static ServersDeclaration ofNames(
            List<String> uris, Map<String, String> aliases, List<String> patterns, Collection<String> plainHttpHosts) {
        return new ServersDeclaration(
                uris, aliases, "", false, Map.of(), patterns, false, Set.copyOf(plainHttpHosts), false);
    }

    /** A declaration of nothing but servers. */
    public static ServersDeclaration of(String... uris) {
        return new ServersDeclaration(List.of(uris), Map.of(), "", false, false);
    }
}
