package io.github.keycloakmcp.admission;

import java.util.Map;

import io.github.keycloakmcp.platform.ClientAttributes;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Counts the clients of a realm that came by themselves. Keycloak can count all clients, but those with an attribute only
 * by loading each. So only a realm that has as many clients in all as there may be of these is looked at closer, at most
 * once an hour in a cluster; until the next time, every client more or less in all is taken for one of these.
 */
final class DynamicClients {

    private static final long SECONDS = 3_600;
    private static final int PAGE = 500;
    private static final String ALL = "all";
    private static final String DYNAMIC = "dynamic";

    private final KeycloakSession session;
    private final RealmModel realm;

    DynamicClients(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** Tells whether there are {@code limit} or more. */
    boolean reach(int limit) {
        long all = realm.getClientsCount();
        if (all < limit) {
            return false;
        }
        String key = "mcp-dynamic-clients:" + realm.getId();
        Map<String, String> known = session.singleUseObjects().get(key);
        Map<String, String> counted =
                known == null ? Map.of(ALL, Long.toString(all), DYNAMIC, Long.toString(count())) : known;
        if (known == null) {
            // In a transaction of its own: that of a refused registration is taken back.
            KeycloakModelUtils.runJobInTransaction(
                    session.getKeycloakSessionFactory(),
                    own -> own.singleUseObjects().put(key, SECONDS, counted));
        }
        return all - Long.parseLong(counted.get(ALL)) + Long.parseLong(counted.get(DYNAMIC)) >= limit;
    }

    /** Counts page by page, so that no more than a page is in memory. */
    private long count() {
        long dynamic = 0;
        long[] page = {PAGE, 0};
        for (int first = 0; page[0] == PAGE; first += PAGE) {
            int from = first;
            page = KeycloakModelUtils.runJobInTransactionWithResult(
                    session.getKeycloakSessionFactory(), own -> page(own, from));
            dynamic += page[1];
        }
        return dynamic;
    }

    /** How many clients a page has, and how many of them came by themselves. */
    private long[] page(KeycloakSession own, int first) {
        long[] page = new long[2];
        RealmModel same = own.realms().getRealm(realm.getId());
        own.getContext().setRealm(same);
        own.clients().getClientsStream(same, first, PAGE).forEach(client -> {
            page[0]++;
            page[1] += client.getAttribute(ClientAttributes.REGISTERED) == null ? 0 : 1;
        });
        return page;
    }
}
