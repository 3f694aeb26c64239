package io.github.keycloakmcp.admin.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.settings.RealmSettings;
import io.github.keycloakmcp.settings.RegistrationSettings;
import org.keycloak.models.RealmModel;

/**
 * By which settings a client that registers itself is judged: by those of the registration policy and then, where the
 * executor {@value ProviderIds#CLIENT_GUARD} runs, by what it combines with them. Each alone can refuse.
 */
final class RegistrationJudges {

    private RegistrationJudges() {}

    /** All of them; none in a realm without MCP. */
    static List<RegistrationSettings> of(RealmModel realm, ActiveExecutors executors) {
        Optional<RealmSettings> policy = RealmSettings.ofPolicy(realm);
        List<RegistrationSettings> judges = new ArrayList<>();
        policy.map(RealmSettings::registration).ifPresent(judges::add);
        if (policy.isPresent() && executors.contain(ProviderIds.CLIENT_GUARD)) {
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
