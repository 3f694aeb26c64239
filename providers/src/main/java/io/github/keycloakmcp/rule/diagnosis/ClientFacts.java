package io.github.keycloakmcp.rule.diagnosis;

/**
 * What diagnosis knows about a client of the realm.
 *
 * @param clientId its client id
 * @param enabled whether it is enabled
 * @param byDefault whether it has an MCP scope as default
 * @param onRequest whether it has one as optional
 * @param codeFlow whether it may use the authorization code grant, or only grants of its own
 * @param redirects how many redirect URIs it has
 */
public record ClientFacts(
        String clientId, boolean enabled, boolean byDefault, boolean onRequest, boolean codeFlow, int redirects) {}
