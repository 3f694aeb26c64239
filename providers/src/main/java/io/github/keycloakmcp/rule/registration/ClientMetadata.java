package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a client asks to be, in the terms of RFC 7591, wherever the request came from.
 *
 * @param document where its metadata document is, if it came by one; empty where it registered
 * @param name {@code client_name}, empty where absent
 * @param redirectUris {@code redirect_uris}
 * @param postLogoutRedirectUris {@code post_logout_redirect_uris}
 * @param links URIs shown to people, by metadata member ({@code client_uri}, {@code logo_uri}, …)
 * @param fetched URIs that the server itself would call, by metadata member ({@code jwks_uri}, …)
 * @param grantTypes {@code grant_types}
 * @param responseTypes {@code response_types}
 * @param scopes what the member {@literal scope} lists; empty where absent
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591#section-2">RFC 7591, section 2</a>
 */
public record ClientMetadata(
        String document,
        String name,
        List<String> redirectUris,
        List<String> postLogoutRedirectUris,
        Map<String, String> links,
        Map<String, String> fetched,
        Set<String> grantTypes,
        Set<String> responseTypes,
        List<String> scopes) {

    public ClientMetadata {
        redirectUris = List.copyOf(redirectUris);
        postLogoutRedirectUris = List.copyOf(postLogoutRedirectUris);
        links = Map.copyOf(links);
        fetched = Map.copyOf(fetched);
        grantTypes = Set.copyOf(grantTypes);
        responseTypes = Set.copyOf(responseTypes);
        scopes = List.copyOf(scopes);
    }
}
