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
 */
public record ServerFacts(
        String version, String issuer, ForwardedFacts forwarded, List<String> upstream, String disabled) {

    public ServerFacts {
        upstream = List.copyOf(upstream);
    }
}
