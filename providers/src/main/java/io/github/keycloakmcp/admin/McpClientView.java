package io.github.keycloakmcp.admin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.lifecycle.ClientUse;
import io.github.keycloakmcp.rule.registration.RedirectUri;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.util.JsonSerialization;

/**
 * An MCP client as administrators see it.
 *
 * @param id Keycloak's internal id
 * @param clientId the client id
 * @param name what the client calls itself, if anything
 * @param enabled whether it may be used
 * @param attributes those of its attributes that are this extension's
 * @param redirectUris where its codes go
 */
record McpClientView(
        String id,
        String clientId,
        @Nullable String name,
        boolean enabled,
        Map<String, String> attributes,
        List<String> redirectUris) {

    /** The vendor of clients whose codes go to the user's own computer. */
    static final String LOOPBACK = "loopback";

    /** How a client came into the realm. */
    enum Kind {
        DYNAMIC,
        METADATA_DOCUMENT,
        PRE_REGISTERED;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Kind> of(String label) {
            return Arrays.stream(values())
                    .filter(kind -> kind.label().equals(label))
                    .findFirst();
        }
    }

    static McpClientView of(ClientModel client) {
        return new McpClientView(
                client.getId(),
                client.getClientId(),
                client.getName(),
                client.isEnabled(),
                client.getAttributes(),
                List.copyOf(client.getRedirectUris()));
    }

    Kind kind() {
        if (!attributes.containsKey(ClientAttributes.REGISTERED)) {
            return Kind.PRE_REGISTERED;
        }
        return attributes.containsKey(ClientAttributes.DOCUMENT_CHECKED) ? Kind.METADATA_DOCUMENT : Kind.DYNAMIC;
    }

    /** Whether the client registered itself, so that it can be removed here and register again. */
    boolean cameByItself() {
        return kind() != Kind.PRE_REGISTERED;
    }

    boolean isOfVendor(String wanted) {
        return wanted.isEmpty() || vendors().contains(wanted);
    }

    /** Whether it was neither used nor registered since. An administrator's client has no record of either. */
    boolean isUnusedSince(long seconds) {
        if (!cameByItself()) {
            return false;
        }
        ClientUse use =
                ClientUse.read(attributes.get(ClientAttributes.REGISTERED), attributes.get(ClientAttributes.LAST_USED));
        return use.lastSign() < seconds;
    }

    ObjectNode json() {
        ObjectNode json = JsonSerialization.mapper.createObjectNode();
        json.put("id", id);
        json.put("clientId", clientId);
        json.put("name", name);
        json.put("kind", kind().label());
        json.put("verified", verified());
        json.put("enabled", enabled);
        json.set("vendors", JsonSerialization.mapper.valueToTree(vendors()));
        json.set(
                "redirectUris",
                JsonSerialization.mapper.valueToTree(
                        redirectUris.stream().sorted().toList()));
        put(json, "created", attributes.get(ClientAttributes.REGISTERED));
        put(json, "lastUsed", attributes.get(ClientAttributes.LAST_USED));
        return json;
    }

    /**
     * Who can receive this client's codes: hosts and private-use schemes of its redirect URIs; every program on the user's
     * computer for a loopback address. What a client calls itself says nothing; any client can take any name. A client that
     * provably is a known one also has that one's identifier.
     */
    List<String> vendors() {
        Stream<String> receivers = redirectUris.stream()
                .map(RedirectUri::parseAlsoPlainHttp)
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
        return attributes.get(ClientAttributes.KNOWN_CLIENT);
    }

    private static String vendor(RedirectUri uri) {
        return switch (uri.kind()) {
            case HTTPS, PLAIN_HTTP -> uri.host();
            case PRIVATE_USE -> uri.scheme();
            case LOOPBACK -> LOOPBACK;
        };
    }

    private static void put(ObjectNode json, String member, @Nullable String seconds) {
        if (seconds != null && seconds.matches("\\d{1,18}")) {
            json.put(member, Long.parseLong(seconds));
        }
    }
}
