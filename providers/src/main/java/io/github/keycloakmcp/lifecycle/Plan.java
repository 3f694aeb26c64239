package io.github.keycloakmcp.lifecycle;

import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.rule.lifecycle.ClientUse;
import io.github.keycloakmcp.rule.lifecycle.StalenessRule;
import io.github.keycloakmcp.rule.lifecycle.StalenessRule.Fate;
import io.github.keycloakmcp.settings.LifecycleSettings;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What one run of the clean-up goes by.
 *
 * @param realm the name of the realm
 * @param rule which clients are stale
 * @param removes whether they are removed, or only counted
 * @param now the time of the run, in seconds
 * @param inSession the internal ids of clients with online or offline sessions: two queries for all of them
 */
record Plan(String realm, StalenessRule rule, boolean removes, long now, Set<String> inSession) {

    static Plan of(KeycloakSession session, LifecycleSettings config, boolean removes) {
        RealmModel realm = session.getContext().getRealm();
        Set<String> inSession = Stream.of(false, true)
                .map(offline -> session.sessions().getActiveClientSessionStats(realm, offline))
                .flatMap(counts -> counts.keySet().stream())
                .collect(Collectors.toUnmodifiableSet());
        return new Plan(realm.getName(), config.rule(), removes, Time.currentTime(), inSession);
    }

    /** What becomes of a client; nothing is said of one that an administrator made. */
    Optional<Fate> judge(ClientModel client, BooleanSupplier inSession) {
        return Optional.ofNullable(client.getAttribute(ClientAttributes.REGISTERED))
                .map(registered -> ClientUse.read(registered, client.getAttribute(ClientAttributes.LAST_USED)))
                .map(use -> rule.judge(use, now, client.isEnabled(), inSession));
    }

    /** What becomes of a self-registered client, as far as a page of many tells. */
    Fate judge(StoredClients.Stored client) {
        return rule.judge(
                ClientUse.read(client.registered(), client.lastUsed()),
                now,
                client.enabled(),
                () -> inSession.contains(client.id()));
    }
}
