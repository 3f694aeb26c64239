package io.github.keycloakmcp.admin.setup;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ClientAttributes;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;

/** What administrators have added to the client of an MCP server since the conversion made it; it would be lost with the client. */
final class AddedToServer {

    private static final String TOKEN_EXCHANGE = "standard.token.exchange.enabled";

    private AddedToServer() {}

    /** Names what was added; empty if the client is as it was made. */
    static List<String> since(ClientModel client) {
        Map<String, Boolean> things = new LinkedHashMap<>();
        things.put(ServerDocument.NAME, has(client.getName()));
        things.put(ServerDocument.DESCRIPTION, has(client.getDescription()));
        things.put(ServerDocument.DOCUMENTATION, has(client.getBaseUrl()));
        things.put(ServerDocument.OWNER, has(client.getAttribute(ClientAttributes.OWNER)));
        things.put(ServerDocument.TEAM, has(client.getAttribute(ClientAttributes.TEAM)));
        things.put(ServerDocument.REQUIRED_ROLE, has(client.getAttribute(ClientAttributes.REQUIRED_ROLE)));
        things.put(
                ServerDocument.DPOP_REQUIRED,
                Boolean.parseBoolean(client.getAttribute(ClientAttributes.DPOP_REQUIRED)));
        things.put(
                "resource-url",
                !Objects.equals(client.getAttribute(ClientAttributes.RESOURCE_URL), client.getClientId()));
        things.put("disabled", !client.isEnabled());
        things.put(
                "flows",
                client.isStandardFlowEnabled()
                        || client.isImplicitFlowEnabled()
                        || client.isDirectAccessGrantsEnabled()
                        || client.isServiceAccountsEnabled()
                        || client.isPublicClient()
                        || Boolean.parseBoolean(client.getAttribute(TOKEN_EXCHANGE)));
        things.put(ServerDocument.ROLES, any(client.getRolesStream()) || any(client.getScopeMappingsStream()));
        things.put("mappers", any(client.getProtocolMappersStream()));
        return things.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean has(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    private static boolean any(Stream<?> things) {
        return things.findAny().isPresent();
    }
}
