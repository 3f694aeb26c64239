package io.github.keycloakmcp.rule.registration;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.keycloakmcp.rule.Verdict;

/**
 * Decides about a change that an administrator makes to a client that registered itself. Refused is only what the change
 * adds: a client that already breaks a rule, because the rules were tightened, can still be disabled, renamed and
 * narrowed. Otherwise an administrator could not react to an incident in the natural order, rules first.
 *
 * @param rule what every client is held to
 */
public record ChangeRule(RegistrationRule rule) {

    private static final String CODE = "authorization_code";

    /**
     * Judges a change.
     *
     * @param before the client as it is stored
     * @param after the client that results
     */
    public Verdict<AcceptedClient> judge(ClientMetadata before, ClientMetadata after) {
        Verdict<AcceptedClient> whole = rule.judge(after);
        return whole instanceof Verdict.Allowed<AcceptedClient>
                ? whole
                : name(before, after)
                        .then(ignored -> GrantRule.judge(additions(before, after)))
                        .then(new ClientUriRule(rule.redirects())::judge)
                        .then(added -> redirectUris(before, after, added))
                        .then(uris -> Verdict.allowed(
                                new AcceptedClient(uris, rule.scopes().assign(after.scopes()))));
    }

    /** A new name is judged with all redirect URIs, an old one with the new ones. */
    private Verdict<ClientMetadata> name(ClientMetadata before, ClientMetadata after) {
        KnownNameRule names = new KnownNameRule(rule.redirects());
        return before.name().equals(after.name())
                ? names.judge(additions(before, after))
                : RegistrationRule.name(after).then(names::judge);
    }

    private Verdict<List<String>> redirectUris(ClientMetadata before, ClientMetadata after, ClientMetadata added) {
        boolean emptied =
                after.redirectUris().isEmpty() && !before.redirectUris().isEmpty();
        boolean tooMany = !added.redirectUris().isEmpty() && RegistrationRule.tooMany(after.redirectUris());
        if (emptied || tooMany) {
            return rule.redirectUris(after);
        }
        return rule.all("post_logout_redirect_uris", added.postLogoutRedirectUris())
                .then(ignored -> rule.all("redirect_uris", added.redirectUris()))
                .then(accepted -> Verdict.allowed(union(after.redirectUris(), accepted)));
    }

    /** What {@code after} has and {@code before} has not; the name and the code grant, which every client has, stay. */
    private static ClientMetadata additions(ClientMetadata before, ClientMetadata after) {
        Set<String> grants = new HashSet<>(added(before.grantTypes(), after.grantTypes()));
        grants.add(CODE);
        return new ClientMetadata(
                after.document(),
                after.name(),
                added(before.redirectUris(), after.redirectUris()),
                added(before.postLogoutRedirectUris(), after.postLogoutRedirectUris()),
                added(before.links(), after.links()),
                added(before.fetched(), after.fetched()),
                grants,
                Set.copyOf(added(before.responseTypes(), after.responseTypes())),
                after.scopes());
    }

    private static List<String> added(Collection<String> before, Collection<String> after) {
        return after.stream().filter(value -> !before.contains(value)).toList();
    }

    private static Map<String, String> added(Map<String, String> before, Map<String, String> after) {
        Map<String, String> added = new HashMap<>(after);
        added.values().removeAll(before.values());
        return added;
    }

    private static List<String> union(List<String> some, List<String> others) {
        Set<String> union = new LinkedHashSet<>(some);
        union.addAll(others);
        return List.copyOf(union);
    }
}
