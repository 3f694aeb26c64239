package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

/**
 * What diagnosis knows about a realm.
 *
 * @param missing the parts of set-up that are not there or differ, as {@code kind name}
 * @param managed whether a registration policy of ours judges anonymous registrations
 * @param refusing Keycloak's registration policies that refuse MCP clients
 * @param guarded whether the executors of ours run, for PKCE and for an unknown {@code resource}
 * @param servers the declared MCP servers
 * @param defaultServer the server for clients that send no {@code resource}; empty for none
 * @param missingScopes forced scopes that do not exist
 * @param hiddenScopes MCP scopes that the metadata does not advertise, or that tokens do not name
 * @param hardCoded mappers that stamp a fixed URL into {@code aud}, as {@code scope/mapper}
 * @param clients how many clients came by themselves
 * @param maxClients where registration stops; 0 for no limit
 * @param accessTokenSeconds how long access tokens live
 * @param rotates whether refresh tokens rotate
 * @param reuse how often a refresh token may be used again
 * @param keepsEvents whether refusals are kept as events
 * @param origins browser origins that may register
 */
public record RealmFacts(
        List<String> missing,
        boolean managed,
        List<String> refusing,
        boolean guarded,
        List<String> servers,
        String defaultServer,
        List<String> missingScopes,
        List<String> hiddenScopes,
        List<String> hardCoded,
        long clients,
        int maxClients,
        int accessTokenSeconds,
        boolean rotates,
        int reuse,
        boolean keepsEvents,
        List<String> origins) {

    public RealmFacts {
        missing = List.copyOf(missing);
        refusing = List.copyOf(refusing);
        servers = List.copyOf(servers);
        missingScopes = List.copyOf(missingScopes);
        hiddenScopes = List.copyOf(hiddenScopes);
        hardCoded = List.copyOf(hardCoded);
        origins = List.copyOf(origins);
    }
}
