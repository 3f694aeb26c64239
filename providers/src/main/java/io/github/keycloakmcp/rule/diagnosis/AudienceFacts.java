package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

/**
 * What the tokens of a realm are for.
 *
 * @param servers the declared MCP servers
 * @param clients whether clients of the realm with a resource URL are servers as well
 * @param defaultServer the server for clients that send no {@code resource}; empty for none
 * @param guarded whether the executors of ours run, for PKCE and for an unknown {@code resource}
 * @param hiddenScopes MCP scopes that the metadata does not advertise, or that tokens do not name
 * @param hardCoded mappers that stamp a fixed URL into {@code aud}, as {@code scope/mapper}
 * @param roles whether the tokens of self-registered clients get roles
 * @param restricted MCP scopes with assigned roles, which Keycloak grants only to users who have one
 */
public record AudienceFacts(
        List<String> servers,
        boolean clients,
        String defaultServer,
        boolean guarded,
        List<String> hiddenScopes,
        List<String> hardCoded,
        boolean roles,
        List<String> restricted) {

    public AudienceFacts {
        servers = List.copyOf(servers);
        hiddenScopes = List.copyOf(hiddenScopes);
        hardCoded = List.copyOf(hardCoded);
        restricted = List.copyOf(restricted);
    }
}
