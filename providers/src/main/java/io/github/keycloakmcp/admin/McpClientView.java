package io.github.keycloakmcp.admin;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.RedirectUri;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.JsonSerialization;

/**
 * An MCP client as administrators see it.
 *
 * @param client the client
 * @param kind how it came into the realm
 */
record McpClientView(ClientModel client, Kind kind) {

    /** How a client came into the realm. */
    enum Kind {
        DYNAMIC,
        METADATA_DOCUMENT,
        PRE_REGISTERED;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static McpClientView of(ClientModel client) {
        if (client.getAttribute(ClientAttributes.REGISTERED) == null) {
            return new McpClientView(client, Kind.PRE_REGISTERED);
        }
        boolean document = client.getAttribute(ClientAttributes.DOCUMENT_CHECKED) != null;
        return new McpClientView(client, document ? Kind.METADATA_DOCUMENT : Kind.DYNAMIC);
    }

    /** Whether the client registered itself, so that it can be removed here and register again. */
    boolean cameByItself() {
        return kind != Kind.PRE_REGISTERED;
    }

    boolean isOfKind(@Nullable String wanted) {
        return wanted == null || wanted.isEmpty() || wanted.equals(kind.label());
    }

    boolean isOfVendor(@Nullable String wanted) {
        return wanted == null || wanted.isEmpty() || vendors().contains(wanted);
    }

    boolean matches(@Nullable String text) {
        return text == null
                || Stream.of(client.getClientId(), Objects.requireNonNullElse(client.getName(), ""))
                        .anyMatch(field -> field.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)));
    }

    ObjectNode json(KeycloakSession session) {
        ObjectNode json = JsonSerialization.mapper.createObjectNode();
        json.put("id", client.getId());
        json.put("clientId", client.getClientId());
        json.put("name", client.getName());
        json.put("kind", kind.label());
        json.put("verified", verified());
        json.put("enabled", client.isEnabled());
        json.set("vendors", JsonSerialization.mapper.valueToTree(vendors()));
        json.set(
                "redirectUris",
                JsonSerialization.mapper.valueToTree(
                        client.getRedirectUris().stream().sorted().toList()));
        put(json, "created", client.getAttribute(ClientAttributes.REGISTERED));
        put(json, "lastUsed", client.getAttribute(ClientAttributes.LAST_USED));
        json.put("sessions", session.sessions().getActiveUserSessions(client.getRealm(), client));
        return json;
    }

    /**
     * Who can receive this client's codes: hosts and private-use schemes of its redirect URIs; every program on the user's
     * computer for a loopback address. What a client calls itself says nothing; any client can take any name. A client that provably is a known one also has that one's
     * identifier.
     */
    List<String> vendors() {
        Stream<String> receivers = client.getRedirectUris().stream()
                .map(RedirectUri::parse)
                .flatMap(verdict -> verdict instanceof Verdict.Allowed<RedirectUri> allowed
                        ? Stream.of(vendor(allowed.value()))
                        : Stream.<String>empty());
        return Stream.concat(Stream.ofNullable(verified()), receivers)
                .distinct()
                .sorted()
                .toList();
    }

    /** The known client that this provably is. */
    private @Nullable String verified() {
        return client.getAttribute(ClientAttributes.KNOWN_CLIENT);
    }

    private static String vendor(RedirectUri uri) {
        return switch (uri.kind()) {
            case HTTPS -> uri.host();
            case PRIVATE_USE -> uri.scheme();
            case LOOPBACK -> "loopback";
        };
    }

    private static void put(ObjectNode json, String member, @Nullable String seconds) {
        if (seconds != null && seconds.matches("\\d{1,18}")) {
            json.put(member, Long.parseLong(seconds));
        }
    }
}
