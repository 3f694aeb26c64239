package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

/**
 * How clients come into a realm and go again.
 *
 * @param managed whether a registration policy of ours judges anonymous registrations
 * @param guarded whether the executor {@code mcp-client-guard} judges registrations, with or without that policy
 * @param refusing Keycloak's registration policies that refuse MCP clients
 * @param disabling Keycloak's registration policies that disable each client that registers
 * @param missingScopes forced scopes that do not exist
 * @param count how many clients registered themselves
 * @param room whether one of them was never used, and makes room for a new one
 * @param most where registration stops; 0 for no limit
 * @param cleanedUp whether unused clients are removed
 * @param origins browser origins that may register
 * @param documents whether metadata documents are read
 * @param upstreamDocuments whether Keycloak's own executor reads them
 */
public record ClientsFacts(
        boolean managed,
        boolean guarded,
        List<String> refusing,
        List<String> disabling,
        List<String> missingScopes,
        long count,
        boolean room,
        int most,
        boolean cleanedUp,
        List<String> origins,
        boolean documents,
        boolean upstreamDocuments) {

    public ClientsFacts {
        refusing = List.copyOf(refusing);
        disabling = List.copyOf(disabling);
        missingScopes = List.copyOf(missingScopes);
        origins = List.copyOf(origins);
    }
}
