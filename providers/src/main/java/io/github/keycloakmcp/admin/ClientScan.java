package io.github.keycloakmcp.admin;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

import io.github.keycloakmcp.platform.McpClients;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Goes through the clients of a realm in the order of their client ids, for a limited time. Keycloak has no query for what
 * makes an MCP client, so that each has to be looked at. Each page is read in a transaction of its own: within one, every
 * client stays in memory and makes the next ones slower, and a search among 100,000 clients would end in a timeout.
 */
final class ClientScan {

    private static final int PAGE = 200;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Keycloak's provider behind the cache, from which a search must not push out the clients that are in use. */
    private static final String DATABASE = "jpa";

    private final AdminContext admin;
    private final long end = System.nanoTime() + LIMIT.toNanos();

    ClientScan(AdminContext admin) {
        this.admin = admin;
    }

    /** What is done with a client that was found. */
    @FunctionalInterface
    interface Visitor {

        /** Returns false to stop before this client. */
        boolean visit(KeycloakSession session, McpClientView client);
    }

    /**
     * Visits the MCP clients that match, from a position on.
     *
     * @param filter what is looked for; asked first, because it reads less than {@link McpClients#isMcp}
     * @return the position to go on from; none at the end
     */
    OptionalInt from(int first, Predicate<McpClientView> filter, Visitor visitor) {
        int position = first;
        while (true) {
            List<String> ids = ids(position);
            int seen = visit(ids, filter, visitor);
            position += seen;
            if (seen < ids.size()) {
                return OptionalInt.of(position);
            }
            if (ids.size() < PAGE) {
                return OptionalInt.empty();
            }
            if (System.nanoTime() - end >= 0) {
                return OptionalInt.of(position);
            }
        }
    }

    /** Read in the administrator's own session, which knows the clients that the administrator may see. */
    private List<String> ids(int position) {
        return admin.session()
                .clients()
                .getClientsStream(admin.realm(), position, PAGE)
                .map(ClientModel::getId)
                .toList();
    }

    private int visit(List<String> ids, Predicate<McpClientView> filter, Visitor visitor) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                admin.session().getKeycloakSessionFactory(), session -> {
                    RealmModel realm = session.realms().getRealm(admin.realm().getId());
                    session.getContext().setRealm(realm);
                    ClientProvider clients = session.getProvider(ClientProvider.class, DATABASE);
                    int seen = 0;
                    for (String id : ids) {
                        ClientModel client = clients.getClientById(realm, id);
                        if (client != null && !visit(session, McpClientView.of(client), filter, visitor)) {
                            break;
                        }
                        seen++;
                    }
                    return seen;
                });
    }

    private static boolean visit(
            KeycloakSession session, McpClientView client, Predicate<McpClientView> filter, Visitor visitor) {
        return !filter.test(client) || !McpClients.isMcp(client.client()) || visitor.visit(session, client);
    }
}
