package io.github.keycloakmcp.admin.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.settings.RealmSettings;
import io.github.keycloakmcp.settings.RegistrationSettings;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy;

/**
 * By which settings a client that registers itself is judged: by those of the registration policy and then, where the
 * executor {@value ProviderIds#CLIENT_GUARD} runs, by what it combines with them. Each alone can refuse.
 */
final class RegistrationJudges {

    private static final String DISABLES = "client-disabled";

    /** Policies whose effect is known: those of Keycloak that complete a client, and those that have a finding of their own. */
    private static final Set<String> KNOWN = Set.of(
            ProviderIds.CLIENT_REGISTRATION,
            DISABLES,
            "trusted-hosts",
            "allowed-client-templates",
            "max-clients",
            "consent-required",
            "scope",
            "allowed-protocol-mappers",
            "registration-web-origins");

    private RegistrationJudges() {}

    /** The names of the policies that disable each client that registers without a token. */
    static List<String> disabling(RealmModel realm) {
        return policies(realm, DISABLES::equals);
    }

    /** The names of policies of other extensions, of which this extension cannot tell whether they reject a client. */
    static List<String> unknown(RealmModel realm) {
        return policies(realm, provider -> !KNOWN.contains(provider));
    }

    private static List<String> policies(RealmModel realm, Predicate<String> provider) {
        return realm.getComponentsStream(realm.getId(), ClientRegistrationPolicy.class.getName())
                .filter(policy -> "anonymous".equals(policy.getSubType()) && provider.test(policy.getProviderId()))
                .map(policy -> policy.getName() + " (" + policy.getProviderId() + ")")
                .sorted()
                .toList();
    }

    /** All of them; none in a realm without MCP. */
    static List<RegistrationSettings> of(RealmModel realm, ActiveExecutors executors) {
        Optional<RealmSettings> policy = RealmSettings.ofPolicy(realm);
        List<RegistrationSettings> judges = new ArrayList<>();
        policy.map(RealmSettings::registration).ifPresent(judges::add);
        if (executors.contain(ProviderIds.CLIENT_GUARD)) {
            judges.add(RealmSettings.in(realm, executors).registration());
        }
        return judges;
    }

    /** The scopes that every client gets. */
    static Set<String> forcedScopes(RealmModel realm, ActiveExecutors executors) {
        return of(realm, executors).stream()
                .flatMap(judge -> judge.forcedScopes().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
