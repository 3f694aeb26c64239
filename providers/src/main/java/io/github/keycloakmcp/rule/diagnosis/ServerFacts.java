package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

/**
 * What diagnosis knows about the server.
 *
 * @param version the version of Keycloak
 * @param issuer the realm's issuer, as clients are told
 * @param forwarded what a proxy said about the administrator's request
 * @param upstream Keycloak's own experimental features that are on and do a part of what this extension does
 * @param disabled a provider without which no token can be bound, and that a server option disables; empty for none
 * @param foreign providers of other extensions that have taken the place of one of this extension, or run after it
 */
public record ServerFacts(
        String version,
        String issuer,
        ForwardedFacts forwarded,
        List<String> upstream,
        String disabled,
        List<String> foreign) {

    public ServerFacts {
        upstream = List.copyOf(upstream);
        foreign = List.copyOf(foreign);
    }
}
