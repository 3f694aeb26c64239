package io.github.keycloakmcp.admin.diagnosis;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.admin.setup.JsonMerge;
import io.github.keycloakmcp.fetch.Deadline;
import io.github.keycloakmcp.fetch.FetchAnswer;
import io.github.keycloakmcp.fetch.FetchRequest;
import io.github.keycloakmcp.fetch.GuardedFetch;
import io.github.keycloakmcp.platform.TrustedTls;
import io.github.keycloakmcp.rule.Loopback;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.diagnosis.Finding;
import io.github.keycloakmcp.rule.diagnosis.MetadataCheck;
import io.github.keycloakmcp.rule.diagnosis.PublishedMetadata;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;
import org.keycloak.common.util.Environment;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JsonSerialization;

/**
 * Asks an MCP server what it publishes and compares. Only servers that the realm declares are asked: an
 * administrator who may only look must not be able to let this server call any address.
 */
public final class PublishedMetadataReader {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final GuardedFetch fetch;

    public PublishedMetadataReader(KeycloakSession session, RealmModel realm, GuardedFetch fetch) {
        this.session = session;
        this.realm = realm;
        this.fetch = fetch;
    }

    public List<Finding> of(String declared, String issuer) {
        // An import is stored without being judged.
        if (!(ResourceIndicator.parseAlsoPlainHttp(declared) instanceof Verdict.Allowed<ResourceIndicator>)) {
            return List.of(MetadataCheck.unreadable(declared));
        }
        URI address = MetadataCheck.address(URI.create(declared));
        boolean loopback = Loopback.isLoopback(address.getHost()) && Environment.isDevMode();
        FetchRequest request = new FetchRequest(address, loopback, Map.of());
        if (!(fetch.get(request, TrustedTls.of(session), Deadline.in(GuardedFetch.LIMIT))
                instanceof FetchAnswer.Content content)) {
            return List.of(MetadataCheck.unreadable(address.toString()));
        }
        try {
            JsonNode json = JsonSerialization.mapper.readTree(content.text());
            return MetadataCheck.of(
                    new PublishedMetadata(
                            json.path("resource").asText(),
                            texts(json.path("authorization_servers")),
                            texts(json.path("scopes_supported"))),
                    declared,
                    issuer,
                    scopes());
        } catch (JsonProcessingException e) {
            return List.of(MetadataCheck.unreadable(address.toString()));
        }
    }

    private Set<String> scopes() {
        return realm.getClientScopesStream().map(ClientScopeModel::getName).collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> texts(JsonNode array) {
        return JsonMerge.elements(array).map(JsonNode::asText).toList();
    }
}
