package io.github.keycloakmcp.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.platform.McpLog;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.services.managers.RealmManager;
import org.keycloak.util.JsonSerialization;

/**
 * Removes clients in transactions of a few, each with its admin event. In one transaction, thousands would hold their rows
 * until the last is removed, and one that fails would undo all.
 */
final class RemovalOfClients {

    private static final int BATCH = 20;

    private final AdminContext admin;
    private final Predicate<McpClientView> choice;

    RemovalOfClients(AdminContext admin, Predicate<McpClientView> choice) {
        this.admin = admin;
        this.choice = choice;
    }

    /** What a dry run answers. */
    static Response planned(List<McpClientView> clients) {
        return answer(true, clients.stream().map(McpClientView::clientId).toList(), List.of());
    }

    /** Removes the clients that are still to be removed when their turn comes, and answers which were and which could not be. */
    Response remove(List<McpClientView> clients) {
        List<String> ids = clients.stream().map(McpClientView::id).toList();
        List<String> removed = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += BATCH) {
            List<String> batch = ids.subList(from, Math.min(ids.size(), from + BATCH));
            if (!tried(batch, removed)) {
                batch.stream().filter(id -> !tried(List.of(id), removed)).forEach(failed::add);
            }
        }
        return answer(false, removed, failed);
    }

    /** Whether the clients of these internal ids are gone; if one cannot be removed, none of them is. */
    private boolean tried(List<String> ids, List<String> removed) {
        List<String> gone = new ArrayList<>();
        try {
            int status =
                    new RealmChange(admin).make(own -> removeIn(own, ids, gone)).getStatus();
            if (status != Response.Status.OK.getStatusCode()) {
                return false;
            }
        } catch (RuntimeException e) {
            McpLog.clientsNotRemoved(admin.realm().getName(), e);
            return false;
        }
        removed.addAll(gone);
        return true;
    }

    private Response removeIn(AdminContext own, List<String> ids, List<String> gone) {
        gone.clear(); // a database may have undone an attempt
        ClientManager manager = new ClientManager(new RealmManager(own.session()));
        for (String id : ids) {
            ClientModel client = own.realm().getClientById(id);
            if (client != null && choice.test(McpClientView.of(client))) {
                String clientId = client.getClientId();
                manager.removeClient(own.realm(), client);
                gone.add(clientId);
            }
        }
        if (!gone.isEmpty()) {
            own.did(OperationType.DELETE, gone, "mcp", "clients");
        }
        return Response.ok().build();
    }

    private static Response answer(boolean dry, List<String> removed, List<String> failed) {
        ObjectNode answer = JsonSerialization.mapper.createObjectNode().put("dryRun", dry);
        ArrayNode list = answer.putArray("removed");
        removed.forEach(list::add);
        if (!failed.isEmpty()) {
            failed.forEach(answer.putArray("failed")::add);
        }
        return JsonResponses.ok(answer);
    }
}
