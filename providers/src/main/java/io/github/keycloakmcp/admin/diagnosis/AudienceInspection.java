package io.github.keycloakmcp.admin.diagnosis;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.keycloakmcp.admin.setup.Part;
import io.github.keycloakmcp.admin.setup.PartKind;
import io.github.keycloakmcp.admin.setup.RealmParts;
import io.github.keycloakmcp.admin.setup.RealmSetUp;
import io.github.keycloakmcp.admin.setup.SetUpDocumentReader;
import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.ServerCatalogue;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.diagnosis.AudienceFacts;
import io.github.keycloakmcp.rule.resource.McpServers;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Collects what the tokens of a realm are for, and who gets them. */
public final class AudienceInspection {

    /** The mapper setting by which clients with a resource URL are servers. */
    private static final String CLIENTS_AS_SERVERS = "include-clients";

    private final KeycloakSession session;
    private final RealmModel realm;

    public AudienceInspection(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** The servers of the realm by the catalogue that decides about requests for {@code resource}. */
    public McpServers servers(String resource) {
        return ServerCatalogue.of(
                                session,
                                mcpScopes().flatMap(ClientScopeModel::getProtocolMappersStream),
                                List.of(resource))
                        instanceof Verdict.Allowed<McpServers> servers
                ? servers.value()
                : McpServers.NONE;
    }

    AudienceFacts facts(RealmSetUp setUp, List<Part> parts, ActiveExecutors executors) {
        List<Part> mappers = parts.stream()
                .filter(part -> part.kind() == PartKind.PROTOCOL_MAPPER)
                .toList();
        return new AudienceFacts(
                mappers.stream()
                        .flatMap(mapper -> setUp.servers(mapper).stream())
                        .toList(),
                canBeSearched()
                        && mappers.stream()
                                .anyMatch(mapper -> mapper.value()
                                        .path("config")
                                        .path(CLIENTS_AS_SERVERS)
                                        .asBoolean()),
                String.join("", setUp.document().list(SetUpDocumentReader.DEFAULT_SERVER)),
                executors.contain(ProviderIds.RESOURCE) && executors.contain("pkce-enforcer"),
                mcpScopes()
                        .filter(scope -> !scope.isIncludeInOpenIDProviderMetadata() || !scope.isIncludeInTokenScope())
                        .map(ClientScopeModel::getName)
                        .toList(),
                realm.getClientScopesStream().flatMap(FixedAudience::stampedBy).toList(),
                RegistrationJudges.forcedScopes(realm, executors).stream()
                        .map(scope -> KeycloakModelUtils.getClientScopeByName(realm, scope))
                        .filter(Objects::nonNull)
                        .anyMatch(AudienceInspection::hasRoles),
                mcpScopes()
                        .filter(AudienceInspection::hasRoles)
                        .map(ClientScopeModel::getName)
                        .toList());
    }

    /** Only a server that lets clients be searched by their resource URL finds those that no mapper lists. */
    private boolean canBeSearched() {
        try (Stream<ClientModel> clients = session.clients()
                .searchClientsByAttributes(realm, Map.of(ClientAttributes.RESOURCE_URL, "https://example.com"), 0, 1)) {
            return clients != null;
        } catch (ModelException e) {
            return false;
        }
    }

    private Stream<ClientScopeModel> mcpScopes() {
        return realm.getClientScopesStream()
                .filter(scope -> !RealmParts.mappers(scope).isEmpty());
    }

    private static boolean hasRoles(ClientScopeModel scope) {
        return scope.getScopeMappingsStream().findAny().isPresent();
    }
}
