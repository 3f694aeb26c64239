package io.github.keycloakmcp.lifecycle;

import java.util.List;

import io.github.keycloakmcp.platform.CleanUpReport;
import io.github.keycloakmcp.rule.lifecycle.StalenessRule.Fate;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * A page of the clients of a realm, judged.
 *
 * @param size how many clients it has, those of administrators included
 * @param stale the internal ids of those that are stale
 * @param report what was found
 */
record ClientPage(int size, List<String> stale, CleanUpReport report) {

    private record Judged(ClientModel client, Fate fate) {}

    static ClientPage read(KeycloakSession session, Plan plan, int first, int max) {
        StoredClients stored = new StoredClients(session);
        List<String> ids = stored.ids(first, max);
        List<Judged> judged = ids.stream()
                .flatMap(id -> stored.find(id).stream())
                .flatMap(client -> plan.judge(client, () -> plan.inSession().contains(client.getId())).stream()
                        .map(fate -> new Judged(client, fate)))
                .toList();
        List<ClientModel> stale = with(judged, Fate.STALE);
        CleanUpReport report = new CleanUpReport(
                judged.size(),
                stale.size(),
                0,
                with(judged, Fate.KEPT_IN_SESSION).size(),
                with(judged, Fate.KEPT_DISABLED).size(),
                stale.stream()
                        .map(ClientModel::getClientId)
                        .limit(CleanUpReport.EXAMPLES)
                        .toList(),
                true);
        return new ClientPage(ids.size(), stale.stream().map(ClientModel::getId).toList(), report);
    }

    private static List<ClientModel> with(List<Judged> judged, Fate fate) {
        return judged.stream()
                .filter(each -> each.fate() == fate)
                .map(Judged::client)
                .toList();
    }
}
