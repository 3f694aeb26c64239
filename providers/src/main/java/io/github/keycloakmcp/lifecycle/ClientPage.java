package io.github.keycloakmcp.lifecycle;

import java.util.List;

import io.github.keycloakmcp.platform.CleanUpReport;
import io.github.keycloakmcp.rule.lifecycle.StalenessRule.Fate;
import org.keycloak.models.KeycloakSession;

/**
 * A page of the self-registered clients of a realm, judged.
 *
 * @param size how many clients it has
 * @param last the client id after which the next page begins
 * @param stale the internal ids of those that are stale
 * @param report what was found
 */
record ClientPage(int size, String last, List<String> stale, CleanUpReport report) {

    private record Judged(StoredClients.Stored client, Fate fate) {}

    static ClientPage read(KeycloakSession session, Plan plan, String after, int max) {
        List<Judged> judged = new StoredClients(session)
                .page(after, max).stream()
                        .map(client -> new Judged(client, plan.judge(client)))
                        .toList();
        List<StoredClients.Stored> stale = with(judged, Fate.STALE);
        CleanUpReport report = new CleanUpReport(
                judged.size(),
                stale.size(),
                0,
                with(judged, Fate.KEPT_IN_SESSION).size(),
                with(judged, Fate.KEPT_DISABLED).size(),
                stale.stream()
                        .map(StoredClients.Stored::clientId)
                        .limit(CleanUpReport.EXAMPLES)
                        .toList(),
                true);
        String last = judged.isEmpty()
                ? after
                : judged.get(judged.size() - 1).client().clientId();
        return new ClientPage(
                judged.size(),
                last,
                stale.stream().map(StoredClients.Stored::id).toList(),
                report);
    }

    private static List<StoredClients.Stored> with(List<Judged> judged, Fate fate) {
        return judged.stream()
                .filter(each -> each.fate() == fate)
                .map(Judged::client)
                .toList();
    }
}
