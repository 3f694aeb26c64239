package io.github.keycloakmcp.rule.diagnosis;

/**
 * What diagnosis knows about the server.
 *
 * @param version the version of Keycloak
 * @param issuer the realm's issuer, as clients are told
 * @param forwardedProto what a proxy said about the scheme that the administrator used; empty where none did
 * @param forwardedHost what it said about the host
 * @param upstreamDocuments whether Keycloak's own experimental feature {@code cimd} is on
 */
public record ServerFacts(
        String version, String issuer, String forwardedProto, String forwardedHost, boolean upstreamDocuments) {}
