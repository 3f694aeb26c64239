package io.github.keycloakmcp.admin.setup;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.ClientIds;
import io.github.keycloakmcp.platform.ServerScopes;
import io.github.keycloakmcp.platform.ServerSettings;
import io.github.keycloakmcp.platform.UserRoles;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JsonSerialization;

/** How answers show an MCP server: as it can be sent in a {@link ServerDocument}. */
public final class ServerView {

    private ServerView() {}

    /** What the realm has of a server. */
    public static ObjectNode of(RealmModel realm, String uri) {
        ObjectNode view = JsonSerialization.mapper.createObjectNode().put("uri", uri);
        ClientIds.find(realm, uri).ifPresent(client -> {
            view.put("client", client.getId());
            put(view, ServerDocument.NAME, client.getName());
            put(view, ServerDocument.DESCRIPTION, client.getDescription());
            put(view, ServerDocument.DOCUMENTATION, client.getBaseUrl());
            put(view, ServerDocument.OWNER, client.getAttribute(ClientAttributes.OWNER));
            put(view, ServerDocument.TEAM, client.getAttribute(ClientAttributes.TEAM));
            put(view, ServerDocument.REQUIRED_ROLE, client.getAttribute(ClientAttributes.REQUIRED_ROLE));
            if (Boolean.parseBoolean(client.getAttribute(ClientAttributes.DPOP_REQUIRED))) {
                view.put(ServerDocument.DPOP_REQUIRED, true);
            }
        });
        List<String> aliases = new ServerAliases(realm, uri).read();
        if (!aliases.isEmpty()) {
            aliases.forEach(view.putArray(ServerDocument.ALIASES)::add);
        }
        ArrayNode scopes = view.putArray(ServerDocument.SCOPES);
        OwnScopes.of(realm, uri).forEach(scope -> {
            ObjectNode one = scopes.addObject().put(ServerDocument.NAME, scope.getName());
            put(one, ServerDocument.TEXT, scope.getConsentScreenText());
            ArrayNode roles = one.putArray(ServerDocument.ROLES);
            UserRoles.of(scope).forEach(roles::add);
            one.put(ServerDocument.SENSITIVE, ServerScopes.isSensitive(scope));
            one.put(ServerDocument.LOGIN_ACR, OwnScopes.setting(scope, ServerSettings.LOGIN_ACR));
            one.put(
                    ServerDocument.LOGIN_MAX_AGE,
                    Integer.parseInt(OwnScopes.setting(scope, ServerSettings.LOGIN_MAX_AGE)));
        });
        return view;
    }

    private static void put(ObjectNode json, String member, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            json.put(member, value);
        }
    }
}
