package io.github.keycloakmcp.admin.diagnosis;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.ClientIds;
import io.github.keycloakmcp.platform.McpScopes;
import io.github.keycloakmcp.platform.ServerCatalogue;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.cimd.DocumentUrl;
import io.github.keycloakmcp.rule.diagnosis.ClientChecks;
import io.github.keycloakmcp.rule.diagnosis.ClientFacts;
import io.github.keycloakmcp.rule.diagnosis.DocumentChecks;
import io.github.keycloakmcp.rule.diagnosis.Finding;
import io.github.keycloakmcp.rule.registration.KnownClient;
import io.github.keycloakmcp.rule.registration.KnownClients;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/** Looks at one client: at one of the realm as it is, at a known client as it would fare. */
public final class ClientInspection {

    private final RealmModel realm;
    private final KnownClientSimulation simulation;
    private final DocumentJudgement documents;

    public ClientInspection(KeycloakSession session, RealmModel realm) {
        this.realm = realm;
        this.simulation = new KnownClientSimulation(session, realm);
        this.documents = new DocumentJudgement(session, realm);
    }

    /**
     * Looks.
     *
     * @param name a client id, or the name of a known client
     * @param servers what the client would ask for, if it is none of the realm: the first of these
     */
    public List<Finding> of(String name, List<String> servers) {
        ClientModel client = ClientIds.find(realm, name).orElse(null);
        return client == null
                ? newcomer(name, servers)
                : Stream.concat(
                                client.getAttribute(ClientAttributes.DOCUMENT_CHECKED) == null
                                        ? Stream.of()
                                        : documents.refusals(name).stream(),
                                ClientChecks.of(facts(client)).stream())
                        .toList();
    }

    private List<Finding> newcomer(String name, List<String> servers) {
        boolean document = DocumentUrl.isMeant(name) && documents.of(name).isPresent();
        List<Finding> refused = document ? documents.refusals(name) : List.of();
        if (!refused.isEmpty()) {
            return refused;
        }
        return document
                ? KnownClients.byDocument(name)
                        .map(known -> simulation.ofDocument(known, servers))
                        .orElseGet(() -> List.of(DocumentChecks.accepted(name)))
                : KnownClients.byId(name)
                        .map(known -> simulation.of(known, servers))
                        .orElseGet(() -> List.of(unknown(name)));
    }

    private static Finding unknown(String name) {
        return ClientChecks.unknown(
                Refusal.excerpt(name),
                KnownClients.all().stream().map(KnownClient::id).toList());
    }

    private ClientFacts facts(ClientModel client) {
        return new ClientFacts(
                client.getClientId(),
                client.isEnabled(),
                client.getRegistrationToken() != null || client.getAttribute(ClientAttributes.REGISTERED) != null,
                hasMcpScope(client, true),
                hasMcpScope(client, false),
                lackedScopes(client),
                client.isStandardFlowEnabled(),
                client.getRedirectUris().stream().sorted().toList(),
                client.getWebOrigins().stream().sorted().toList(),
                client.isConsentRequired(),
                FixedAudience.stampedBy(client).toList(),
                client.getProtocolMappersStream()
                        .filter(ServerCatalogue::isDeclaration)
                        .map(ProtocolMapperModel::getName)
                        .sorted()
                        .toList());
    }

    private static boolean hasMcpScope(ClientModel client, boolean byDefault) {
        return !McpScopes.names(client.getClientScopes(byDefault).values().stream())
                .isEmpty();
    }

    private List<String> lackedScopes(ClientModel client) {
        Set<String> has = Stream.of(true, false)
                .flatMap(byDefault -> client.getClientScopes(byDefault).keySet().stream())
                .collect(Collectors.toUnmodifiableSet());
        return realm.getDefaultClientScopesStream(true)
                .filter(scope -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol()))
                .map(ClientScopeModel::getName)
                .filter(scope -> !has.contains(scope))
                .sorted()
                .toList();
    }
}
