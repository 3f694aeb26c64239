package io.github.keycloakmcp.rule.registration;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.InvisibleCharacter;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * Decides whether a client may exist, and as what. The one place where all rules about client metadata meet; the shells
 * that ask it differ only in where the metadata comes from.
 *
 * @param redirects where authorization codes may go
 * @param scopes which scopes a client gets
 */
public record RegistrationRule(RedirectUriRule redirects, ScopeRule scopes) {

    /** Longest {@code client_name}; what Keycloak's database column holds. */
    public static final int MAX_NAME = NameSkeleton.MAX_NAME;

    /** Most redirect URIs of one client, and most of those after logout; the largest known client sends six. */
    public static final int MAX_REDIRECT_URIS = 20;

    /** Judges what a client asks to be. */
    public Verdict<AcceptedClient> judge(ClientMetadata metadata) {
        return name(metadata)
                .then(new KnownNameRule(redirects)::judge)
                .then(GrantRule::judge)
                .then(new ClientUriRule(redirects)::judge)
                .then(this::redirectUris)
                .then(uris -> Verdict.allowed(new AcceptedClient(uris, scopes.assign(metadata.scopes()))));
    }

    static Verdict<ClientMetadata> name(ClientMetadata metadata) {
        return metadata.name().length() <= MAX_NAME && isShown(metadata.name())
                ? Verdict.allowed(metadata)
                : Verdict.refused(InvalidMetadata.metadata(
                        RefusalCode.CLIENT_NAME_REFUSED,
                        "client_name must have at most " + MAX_NAME + " characters, all of them visible",
                        "name too long or not visible"));
    }

    Verdict<List<String>> redirectUris(ClientMetadata metadata) {
        if (metadata.redirectUris().isEmpty() || tooMany(metadata.redirectUris())) {
            return Verdict.refused(InvalidMetadata.redirectUri(
                    RefusalCode.REDIRECT_COUNT_REFUSED,
                    "redirect_uris must contain 1 to " + MAX_REDIRECT_URIS + " URIs",
                    "number of redirect URIs"));
        }
        if (metadata.postLogoutRedirectUris().size() > MAX_REDIRECT_URIS) {
            return Verdict.refused(InvalidMetadata.redirectUri(
                    RefusalCode.REDIRECT_COUNT_REFUSED,
                    "post_logout_redirect_uris must contain at most " + MAX_REDIRECT_URIS + " URIs",
                    "number of redirect URIs after logout"));
        }
        return all("post_logout_redirect_uris", metadata.postLogoutRedirectUris())
                .then(ignored -> all("redirect_uris", metadata.redirectUris()));
    }

    /** Counts what a client asked for; beside each loopback URI of its own it sends back the one that it was given. */
    static boolean tooMany(List<String> uris) {
        Set<String> given = new HashSet<>();
        for (String uri : uris.subList(0, Math.min(uris.size(), 2 * MAX_REDIRECT_URIS + 1))) {
            if (RedirectUri.parse(uri) instanceof Verdict.Allowed<RedirectUri> allowed
                    && !allowed.value().withoutPort().equals(uri)) {
                given.add(allowed.value().withoutPort());
            }
        }
        given.retainAll(uris);
        return uris.size() - given.size() > MAX_REDIRECT_URIS;
    }

    Verdict<List<String>> all(String member, List<String> uris) {
        return Verdict.all(uris, uri -> redirects.judge(uri).because(refusal -> refusal.in(member)))
                .then(judged -> Verdict.allowed(judged.stream()
                        .flatMap(uri -> Stream.of(uri.value(), uri.withoutPort()))
                        .distinct()
                        .toList()));
    }

    /** Tells whether a page shows every character of the name, and no accents over the lines around it. */
    private static boolean isShown(String name) {
        int marks = 0;
        for (int c : name.codePoints().toArray()) {
            marks = InvisibleCharacter.isMark(c) ? marks + 1 : 0;
            if (InvisibleCharacter.is(c) || marks > InvisibleCharacter.MAX_MARKS) {
                return false;
            }
        }
        return true;
    }
}
