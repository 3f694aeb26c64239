package io.github.keycloakmcp.admin.setup;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ClientIds;
import io.github.keycloakmcp.platform.NamedScopes;
import io.github.keycloakmcp.platform.ServerSettings;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.McpServer;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;
import io.github.keycloakmcp.rule.resource.ServersDeclaration;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Whether the realm uses a URI already, in any spelling: a second use of it would move requests or tokens of the first. */
final class Taken {

    private static final String SAME_TEXT = "the database does not distinguish it from ";

    private final KeycloakSession session;
    private final RealmModel realm;

    Taken(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** The client with this id. Refused where there is another that the database takes for it: the realm cannot have both. */
    Optional<ClientModel> client(String id) throws InvalidInput {
        ClientModel found = realm.getClientByClientId(id);
        if (found != null && !ClientIds.isExact(found, id)) {
            throw new InvalidInput(ServerDocument.URI, SAME_TEXT + "the client id " + found.getClientId());
        }
        return Optional.ofNullable(found);
    }

    /** The client scope with this name; refused in the same way. */
    Optional<ClientScopeModel> scope(String name) throws InvalidInput {
        Optional<ClientScopeModel> found = Optional.ofNullable(KeycloakModelUtils.getClientScopeByName(realm, name));
        Optional<String> other = found.isPresent() ? Optional.empty() : NamedScopes.sameText(session, realm, name);
        if (other.isPresent()) {
            throw new InvalidInput(ServerDocument.SCOPES, SAME_TEXT + "the client scope " + other.get());
        }
        return found;
    }

    /** Whether a client has it as its id or names it in {@code resource_url}. */
    boolean byClient(String uri) {
        return ResourceIndicator.parseAlsoPlainHttp(uri) instanceof Verdict.Allowed<ResourceIndicator> read
                && !new StoredServers(session, realm)
                        .withClient(List.of(read.value()))
                        .isEmpty();
    }

    /** Whether a mapper of a client scope or of a client names it: as a server, by a pattern, as an alias, or as an audience. */
    boolean byMapper(String uri) {
        return Stream.concat(
                        realm.getClientScopesStream(),
                        new StoredServers(session, realm)
                                .withMapper().stream().map(realm::getClientById).filter(Objects::nonNull))
                .flatMap((ProtocolMapperContainerModel holder) -> RealmParts.mappers(holder).stream())
                .anyMatch(mapper -> names(mapper.getConfig(), uri));
    }

    private static boolean names(Map<String, String> mapper, String uri) {
        Map<String, String> audiences = ServerSettings.NAMED.in(mapper);
        McpServers servers = McpServers.declare(
                ServersDeclaration.ofNames(
                        Stream.concat(ServerSettings.SERVERS.in(mapper).stream(), audiences.keySet().stream())
                                .toList(),
                        ServerSettings.ALIASES.in(mapper),
                        ServerSettings.PATTERNS.in(mapper),
                        ServerSettings.PLAIN_HTTP.in(mapper)),
                ignored -> {});
        return servers.find(uri) instanceof Verdict.Allowed<McpServer>;
    }
}
