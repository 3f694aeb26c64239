package io.github.keycloakmcp.admin.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.services.managers.RealmManager;

/**
 * Gives the servers on the list of {@code mcp:tools} a client each, and takes these clients back. The list stays as it is, and
 * tokens have the same audience before and after, so that no client, consent or refresh token notices.
 *
 * <p>A call does a page of the work. With all of it in one, ten thousand servers would end in a timeout, and in nothing.
 */
public final class ServerConversion {

    /** Clients that one call makes or removes at most; a few seconds of work. */
    public static final int PAGE = 200;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final boolean dry;
    private final ServerChanges changes = new ServerChanges();
    private final List<Kept> kept = new ArrayList<>();

    /**
     * A server that stays as it is.
     *
     * @param uri the server
     * @param because why
     */
    public record Kept(String uri, List<String> because) {}

    /** @param dry whether changes are only told */
    public ServerConversion(KeycloakSession session, RealmModel realm, boolean dry) {
        this.session = session;
        this.realm = realm;
        this.dry = dry;
    }

    /** What was changed, or would be. */
    public List<ObjectNode> changes() {
        return changes.made();
    }

    /** What stays as it is, and why. */
    public List<Kept> kept() {
        return List.copyOf(kept);
    }

    /**
     * Makes a client for each server of a page that is none.
     *
     * @param listed the servers on the list
     * @param after the server after which the page begins, in the order of their letters
     * @return where the next page begins, empty after the last
     */
    public String convert(List<String> listed, String after, int max) {
        List<String> rest = listed.stream()
                .distinct()
                .sorted()
                .filter(uri -> uri.compareTo(after) > 0)
                .toList();
        List<String> page = rest.subList(0, Math.min(max, rest.size()));
        List<ResourceIndicator> servers = new ArrayList<>();
        for (String uri : page) {
            if (ResourceIndicator.parseAlsoPlainHttp(uri) instanceof Verdict.Allowed<ResourceIndicator> read) {
                servers.add(read.value());
            } else {
                kept.add(new Kept(uri, List.of("invalid-uri")));
            }
        }
        Set<String> taken = new StoredServers(session, realm).withClient(servers);
        ServerClients clients = new ServerClients(session, realm);
        servers.forEach(server -> convert(server.written(), taken, clients));
        return page.size() < rest.size() ? page.get(page.size() - 1) : "";
    }

    private void convert(String uri, Set<String> taken, ServerClients clients) {
        if (taken.contains(uri)) {
            kept.add(new Kept(uri, List.of("has-client")));
            return;
        }
        changes.add("create", "client", uri);
        if (!dry) {
            clients.create(uri).setAttribute(ClientAttributes.CONVERTED, "true");
        }
    }

    /**
     * Removes the clients of a page that the conversion made and that are still as it made them. Removing one with a required
     * role would open its server to all users.
     *
     * @param after the client id after which the page begins
     * @return where the next page begins, empty after the last
     */
    public String back(String after, int max) {
        List<String> ids = new StoredServers(session, realm).converted(after, max + 1);
        String last = "";
        for (String id : ids.subList(0, Math.min(max, ids.size()))) {
            ClientModel client = realm.getClientById(id);
            if (client != null) {
                last = client.getClientId();
                back(client);
            }
        }
        return ids.size() > max ? last : "";
    }

    private void back(ClientModel client) {
        List<String> added = AddedToServer.since(client);
        if (!added.isEmpty()) {
            kept.add(new Kept(client.getClientId(), added));
            return;
        }
        changes.add("remove", "client", client.getClientId());
        if (!dry) {
            new ClientManager(new RealmManager(session)).removeClient(realm, client);
        }
    }
}
