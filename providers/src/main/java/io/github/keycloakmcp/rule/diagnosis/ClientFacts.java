package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

/**
 * What diagnosis knows about a client of the realm.
 *
 * @param clientId its client id
 * @param enabled whether it is enabled
 * @param registered whether it registered, and no administrator made it
 * @param byDefault whether it has an MCP scope as default
 * @param onRequest whether it has one as optional
 * @param lackedScopes default scopes of the realm that it does not have
 * @param codeFlow whether it may use the authorization code grant, or only grants of its own
 * @param redirects its redirect URIs
 * @param origins the web origins that may call the token endpoint with it
 * @param consent whether its users are asked
 * @param hardCoded its own mappers that stamp a fixed URL into {@code aud}
 * @param declaring its own mappers that declare MCP servers
 */
public record ClientFacts(
        String clientId,
        boolean enabled,
        boolean registered,
        boolean byDefault,
        boolean onRequest,
        List<String> lackedScopes,
        boolean codeFlow,
        List<String> redirects,
        List<String> origins,
        boolean consent,
        List<String> hardCoded,
        List<String> declaring) {

    public ClientFacts {
        lackedScopes = List.copyOf(lackedScopes);
        redirects = List.copyOf(redirects);
        origins = List.copyOf(origins);
        hardCoded = List.copyOf(hardCoded);
        declaring = List.copyOf(declaring);
    }
}
