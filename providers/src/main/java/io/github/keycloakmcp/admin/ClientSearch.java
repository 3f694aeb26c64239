package io.github.keycloakmcp.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

import io.github.keycloakmcp.fetch.Deadline;

/**
 * Goes through the clients that the database returns for a filter, for a limited time. Where the database cannot decide
 * alone, few of them may match, and a search among 100,000 clients would end in a timeout.
 */
final class ClientSearch {

    private static final int CHUNK = 500;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final StoredMcpClients stored;
    private final ClientFilter filter;

    /**
     * Clients that were found.
     *
     * @param clients in the order of client ids
     * @param next the position to go on from; none at the end
     */
    record Found(List<McpClientView> clients, OptionalInt next) {}

    ClientSearch(StoredMcpClients stored, ClientFilter filter) {
        this.stored = stored;
        this.filter = filter;
    }

    /** Returns at most {@code max} clients, from a position among those that the database returns on. */
    Found page(int first, int max) {
        List<McpClientView> clients = new ArrayList<>();
        Deadline end = Deadline.in(LIMIT);
        int position = first;
        do {
            int wanted = filter.isDecidedByDatabase() ? max + 1 : CHUNK;
            List<McpClientView> chunk = filter.isPossible() ? stored.page(filter, position, wanted) : List.of();
            for (McpClientView client : chunk) {
                if (filter.accepts(client)) {
                    if (clients.size() == max) {
                        return new Found(clients, OptionalInt.of(position));
                    }
                    clients.add(client);
                }
                position++;
            }
            if (chunk.size() < wanted) {
                return new Found(clients, OptionalInt.empty());
            }
        } while (end.nanosLeft() > 0);
        return new Found(clients, OptionalInt.of(position));
    }

    /** Returns all that match, however long it takes. */
    List<McpClientView> all() {
        List<McpClientView> clients = new ArrayList<>();
        OptionalInt next = OptionalInt.of(0);
        while (next.isPresent()) {
            Found found = page(next.getAsInt(), CHUNK);
            clients.addAll(found.clients());
            next = found.next();
        }
        return clients;
    }
}
