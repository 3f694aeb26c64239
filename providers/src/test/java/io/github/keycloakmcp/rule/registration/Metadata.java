package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Client metadata in tests: an ordinary command-line client, with one thing about it changed. */
final class Metadata {

    static final String CALLBACK = "http://localhost:33418/callback";

    private Metadata() {}

    static ClientMetadata ordinary() {
        return named("Example Client");
    }

    static ClientMetadata named(String name) {
        return of(name, List.of(CALLBACK), List.of(), Map.of(), Map.of());
    }

    static ClientMetadata redirectedTo(List<String> redirectUris) {
        return of("Example Client", redirectUris, List.of(), Map.of(), Map.of());
    }

    static ClientMetadata introduced(String document, String name, List<String> redirectUris) {
        return new ClientMetadata(
                document, name, redirectUris, List.of(), Map.of(), Map.of(), Set.of(), Set.of(), List.of());
    }

    static ClientMetadata redirectedAfterLogoutTo(List<String> uris) {
        return of("Example Client", List.of(CALLBACK), uris, Map.of(), Map.of());
    }

    static ClientMetadata linkedTo(Map<String, String> links) {
        return of("Example Client", List.of(CALLBACK), List.of(), links, Map.of());
    }

    static ClientMetadata fetchedFrom(Map<String, String> fetched) {
        return of("Example Client", List.of(CALLBACK), List.of(), Map.of(), fetched);
    }

    static ClientMetadata granted(Set<String> grantTypes, Set<String> responseTypes) {
        return new ClientMetadata(
                "",
                "Example Client",
                List.of(CALLBACK),
                List.of(),
                Map.of(),
                Map.of(),
                grantTypes,
                responseTypes,
                List.of());
    }

    private static ClientMetadata of(
            String name,
            List<String> redirectUris,
            List<String> postLogoutRedirectUris,
            Map<String, String> links,
            Map<String, String> fetched) {
        return new ClientMetadata(
                "",
                name,
                redirectUris,
                postLogoutRedirectUris,
                links,
                fetched,
                Set.of("authorization_code", "refresh_token"),
                Set.of("code"),
                List.of("phone"));
    }
}
