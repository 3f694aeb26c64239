package io.github.keycloakmcp.admin.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.rule.assertion.UserMapping;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;
import org.jspecify.annotations.Nullable;

/**
 * What a company's identity provider is trusted with. A member that is null was not sent: what the realm has stays as it is.
 *
 * @param issuer the {@code iss} of its assertions
 * @param jwksUrl where its public keys are
 * @param clients the clients that may redeem its assertions, by client id
 * @param documentClients whether clients with a metadata document may, too
 * @param servers the MCP servers that its assertions open; empty for all
 * @param users how users are found, see {@link UserMapping}
 */
public record TrustDocument(
        @Nullable String issuer,
        @Nullable String jwksUrl,
        @Nullable List<String> clients,
        @Nullable Boolean documentClients,
        @Nullable List<String> servers,
        @Nullable String users) {

    static final String ISSUER = "issuer";
    static final String JWKS_URL = "jwksUrl";
    static final String CLIENTS = "clients";
    static final String DOCUMENT_CLIENTS = "documentClients";
    static final String SERVERS = "servers";
    static final String USERS = "users";

    private static final Set<String> MEMBERS = Set.of(ISSUER, JWKS_URL, CLIENTS, DOCUMENT_CLIENTS, SERVERS, USERS);

    /** Reads a document; nothing in it is ignored. */
    public static TrustDocument read(@Nullable String body) throws InvalidInput {
        JsonNode json = JsonMembers.object(body);
        JsonMembers.onlyKnown(json, MEMBERS, "");
        String users = JsonMembers.text(json, USERS, "");
        if (users != null && UserMapping.of(users).isEmpty()) {
            throw new InvalidInput(USERS, "link, email or username:CLAIM is expected");
        }
        return new TrustDocument(
                JsonMembers.text(json, ISSUER, ""),
                JsonMembers.text(json, JWKS_URL, ""),
                texts(json, CLIENTS),
                JsonMembers.flag(json, DOCUMENT_CLIENTS, ""),
                servers(json),
                users);
    }

    private static @Nullable List<String> servers(JsonNode json) throws InvalidInput {
        List<String> written = texts(json, SERVERS);
        if (written == null) {
            return null;
        }
        List<String> servers = new ArrayList<>();
        for (String uri : written) {
            servers.add(ResourceIndicator.parseAlsoPlainHttp(uri)
                    .orThrow(refusal -> new InvalidInput(SERVERS, refusal.description()))
                    .written());
        }
        return List.copyOf(servers);
    }

    /** Names are stored in one text, with {@code ##} between them. */
    private static @Nullable List<String> texts(JsonNode json, String member) throws InvalidInput {
        String expected = "a list of texts is expected";
        List<String> texts = JsonMembers.texts(json, member, "", expected);
        if (texts != null && texts.stream().anyMatch(text -> text.contains("##"))) {
            throw new InvalidInput(member, expected);
        }
        return texts;
    }
}
