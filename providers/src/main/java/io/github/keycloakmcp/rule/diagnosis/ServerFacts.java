package io.github.keycloakmcp.rule.diagnosis;

/**
 * What diagnosis knows about the server.
 *
 * @param version the version of Keycloak
 * @param issuer the realm's issuer, as clients are told
 * @param forwarded what a proxy said about the administrator's request
 * @param upstreamDocuments whether Keycloak's own experimental feature {@code cimd} is on
 * @param disabled a provider without which no token can be bound, and that a server option disables; empty for none
 */
public record ServerFacts(
        String version, String issuer, ForwardedFacts forwarded, boolean upstreamDocuments, String disabled) {}
