package io.github.keycloakmcp.admin.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.admin.setup.JsonMerge;
import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.ServerSettings;
import io.github.keycloakmcp.rule.diagnosis.Finding;
import io.github.keycloakmcp.rule.diagnosis.ShapeChecks;
import io.github.keycloakmcp.rule.diagnosis.ShapeFacts;
import io.github.keycloakmcp.rule.registration.TrustedHost;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;

/** Looks at what a realm has besides the parts of this extension. */
public final class ShapeInspection {

    private static final int MOST = 20;

    /** Executors of Keycloak that refuse what most MCP clients send, with the reason. */
    private static final Map<String, String> REFUSING = Map.of(
            "secure-redirect-uris-enforcer",
                    "it does not accept the loopback redirect URIs of command-line clients and editors",
            "secure-client-uris", "it does not accept http://localhost redirect URIs",
            "confidential-client", "it does not accept public clients",
            "secure-client-authenticator", "it does not accept public clients",
            "holder-of-key-enforcer", "it requires TLS client certificates",
            "dpop-bind-enforcer", "it requires DPoP, which most MCP clients do not send",
            "secure-session", "it requires nonce or state, and most MCP clients send no nonce",
            "secure-request-object", "it requires signed request objects",
            "secure-par-content", "it requires pushed authorization requests",
            "secure-response-type", "it requires the hybrid flow or JARM");

    private final KeycloakSession session;
    private final RealmModel realm;

    public ShapeInspection(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    public List<Finding> findings() {
        return ShapeChecks.of(new ShapeFacts(
                realm.getDefaultClientScopesStream(true)
                        .flatMap(ClientScopeModel::getProtocolMappersStream)
                        .anyMatch(mapper -> "oidc-sub-mapper".equals(mapper.getProtocolMapper())),
                replacedAudiences(),
                refusingPolicies(),
                plainRedirects(),
                unsearchable()));
    }

    private List<String> plainRedirects() {
        return RegistrationJudges.of(realm, ActiveExecutors.in(session)).stream()
                .flatMap(judge -> judge.hosts().stream())
                .filter(TrustedHost::isPlainHttp)
                .map(TrustedHost::pattern)
                .distinct()
                .toList();
    }

    private List<String> replacedAudiences() {
        Set<String> kept = realm.getClientScopesStream()
                .flatMap(ClientScopeModel::getProtocolMappersStream)
                .filter(mapper -> ProviderIds.RESOURCE_AUDIENCE.equals(mapper.getProtocolMapper()))
                .flatMap(mapper -> ServerSettings.NAMED.in(mapper.getConfig()).keySet().stream())
                .collect(Collectors.toUnmodifiableSet());
        return Stream.of(true, false)
                .flatMap(realm::getDefaultClientScopesStream)
                .flatMap(scope -> scope.getProtocolMappersStream()
                        .filter(mapper -> "oidc-audience-mapper".equals(mapper.getProtocolMapper()))
                        .flatMap(mapper -> audience(mapper)
                                .filter(audience -> !kept.contains(audience))
                                .map(audience -> scope.getName() + "/" + mapper.getName() + " (" + audience + ")")))
                .limit(MOST)
                .toList();
    }

    /** Audiences that are no URL; those are reported as hard-coded. */
    private static Stream<String> audience(ProtocolMapperModel mapper) {
        return Stream.of("included.client.audience", "included.custom.audience")
                .map(key -> mapper.getConfig().get(key))
                .filter(audience -> audience != null && !audience.isBlank() && !audience.contains("://"))
                .limit(1);
    }

    /** Each policy once, with its executors and why they refuse. */
    private List<String> refusingPolicies() {
        ActiveExecutors active = ActiveExecutors.in(session);
        List<String> found = new ArrayList<>();
        Stream.of(active.policies().path("policies"), active.policies().path("globalPolicies"))
                .flatMap(JsonMerge::elements)
                .filter(policy -> policy.path("enabled").asBoolean())
                .forEach(policy -> {
                    String reasons = JsonMerge.elements(policy.path("profiles"))
                            .flatMap(profile -> executors(active, profile.asText()))
                            .filter(ShapeInspection::refuses)
                            .map(executor -> executor.path("executor").asText())
                            .distinct()
                            .map(executor -> executor + ": " + REFUSING.get(executor))
                            .collect(Collectors.joining("; "));
                    if (!reasons.isEmpty()) {
                        found.add(policy.path("name").asText() + " (" + reasons + ")");
                    }
                });
        return found.stream().limit(MOST).toList();
    }

    /** Also where it allows loopback addresses: it then accepts them without a port only. */
    private static boolean refuses(JsonNode executor) {
        return REFUSING.containsKey(executor.path("executor").asText());
    }

    private static Stream<JsonNode> executors(ActiveExecutors active, String profile) {
        return Stream.of(active.profiles().path("profiles"), active.profiles().path("globalProfiles"))
                .flatMap(JsonMerge::elements)
                .filter(one -> one.path("name").asText().equals(profile))
                .flatMap(one -> JsonMerge.elements(one.path("executors")));
    }

    private List<String> unsearchable() {
        try (Stream<ClientModel> clients = session.clients()
                .searchClientsByAttributes(realm, Map.of(ClientAttributes.RESOURCE_URL, "https://example.com"), 0, 1)) {
            return clients.limit(0).map(ClientModel::getClientId).toList();
        } catch (ModelException e) {
            return declaring();
        }
    }

    /** Asked for in the database: the attribute cannot be searched for, and Keycloak would load every client to look at it. */
    private List<String> declaring() {
        return session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery(
                        "select a.client.clientId from ClientAttributeEntity a"
                                + " where a.name = :name and a.value is not null and a.client.realmId = :realm"
                                + " order by a.client.clientId",
                        String.class)
                .setParameter("name", ClientAttributes.RESOURCE_URL)
                .setParameter("realm", realm.getId())
                .setMaxResults(MOST)
                .getResultList();
    }
}
