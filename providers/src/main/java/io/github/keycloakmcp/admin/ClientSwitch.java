package io.github.keycloakmcp.admin;

import java.util.Map;

import io.github.keycloakmcp.platform.ClientAttributes;
import jakarta.ws.rs.core.Response;
import org.keycloak.common.util.Time;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.util.JsonSerialization;

/** What an administrator switches on a client. No rule for new clients applies: disabling one always works. */
record ClientSwitch(AdminContext admin) {

    private static final String ENABLED = "enabled";

    Response set(ClientModel client, boolean enabled) {
        if (client.isEnabled() != enabled) {
            client.setEnabled(enabled);
            saved(client);
            admin.did(OperationType.UPDATE, Map.of(ENABLED, enabled), "mcp", "clients", client.getId());
        }
        return JsonResponses.ok(JsonSerialization.mapper
                .createObjectNode()
                .put("id", client.getId())
                .put(ENABLED, enabled));
    }

    /** From now on Keycloak rejects every refresh token that the client has, on every node, before its sessions are gone. */
    Response revoke(ClientModel client) {
        client.setNotBefore(Time.currentTime());
        saved(client);
        admin.did(OperationType.ACTION, client.getClientId(), "mcp", "clients", client.getId(), "logout");
        return Response.ok().build();
    }

    /** As after a save in the admin console: the client never makes room for a new one. */
    private static void saved(ClientModel client) {
        if (client.getAttribute(ClientAttributes.REGISTERED) != null) {
            client.setAttribute(ClientAttributes.ADMINISTERED, Integer.toString(Time.currentTime()));
        }
    }
}
