package io.github.keycloakmcp.admin.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.ServerCatalogue;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.cimd.DocumentTrust;
import io.github.keycloakmcp.rule.diagnosis.Finding;
import io.github.keycloakmcp.rule.diagnosis.KnownClientChecks;
import io.github.keycloakmcp.rule.registration.AcceptedClient;
import io.github.keycloakmcp.rule.registration.ClientMetadata;
import io.github.keycloakmcp.rule.registration.KnownClient;
import io.github.keycloakmcp.rule.registration.RegistrationRule;
import io.github.keycloakmcp.rule.registration.ScopeRule;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.settings.RealmSettings;
import io.github.keycloakmcp.settings.RegistrationSettings;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * How a known client would fare: at registration, and with what it would get there at login. The judging is done by the
 * rules that decide about real requests, and nothing is stored.
 */
final class KnownClientSimulation {

    /** What programs on the user's computer register, beside the addresses of their vendor. */
    private static final String LOOPBACK = "http://127.0.0.1:33418/callback";

    /** Executors of Keycloak that complete a registration and refuse none that the rules accept. */
    private static final Set<String> HARMLESS =
            Set.of("pkce-enforcer", "reject-implicit-grant", "consent-required", "full-scope-disabled");

    private final KeycloakSession session;
    private final RealmModel realm;

    KnownClientSimulation(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** With a registration, which each judge has to allow. */
    List<Finding> of(KnownClient known, List<String> servers) {
        ActiveExecutors executors = ActiveExecutors.in(session);
        return of(known, servers, executors, RegistrationJudges.of(realm, executors));
    }

    /** With its metadata document, which the settings of the realm judge once. */
    List<Finding> ofDocument(KnownClient known, List<String> servers) {
        ActiveExecutors executors = ActiveExecutors.in(session);
        return of(
                known,
                servers,
                executors,
                List.of(RealmSettings.in(realm, executors).registration()));
    }

    private List<Finding> of(
            KnownClient known, List<String> servers, ActiveExecutors executors, List<RegistrationSettings> judges) {
        if (judges.isEmpty()) {
            return List.of(KnownClientChecks.notEnabled(known));
        }
        List<String> assigned = List.of();
        for (RegistrationSettings judge : judges) {
            ScopeRule scopes = new ScopeRule(scopes(true), scopes(false), judge.forcedScopes(), Set.of());
            Verdict<AcceptedClient> verdict =
                    new RegistrationRule(judge.redirectUriRule(), scopes).judge(metadata(known));
            if (verdict instanceof Verdict.Refused<AcceptedClient> refused) {
                return List.of(KnownClientChecks.refused(known, refused.refusal()));
            }
            assigned =
                    ((Verdict.Allowed<AcceptedClient>) verdict).value().scopes().defaults();
        }
        List<String> missing = assigned.stream()
                .filter(scope -> KeycloakModelUtils.getClientScopeByName(realm, scope) == null)
                .toList();
        return missing.isEmpty()
                ? registered(known, executors, assigned, servers)
                : List.of(KnownClientChecks.scopeMissing(known, missing));
    }

    private List<Finding> registered(
            KnownClient known, ActiveExecutors executors, List<String> assigned, List<String> servers) {
        Optional<Verdict<DocumentTrust>> document = document(known);
        Finding registered = KnownClientChecks.accepted(
                known,
                document.isPresent(),
                document.flatMap(Verdict::reason),
                Stream.concat(
                                executors.ids().stream()
                                        .filter(executor -> !ProviderIds.EXECUTORS.contains(executor)
                                                && !HARMLESS.contains(executor)),
                                RegistrationJudges.unknown(realm).stream())
                        .toList());
        return Stream.concat(
                        Stream.of(registered),
                        servers.stream()
                                .limit(1)
                                .map(server -> KnownClientChecks.login(known, openedBy(assigned, server), server)))
                .toList();
    }

    /** Whether the realm accepts the client's metadata document; empty where it has none, or the realm reads none. */
    private Optional<Verdict<DocumentTrust>> document(KnownClient known) {
        return known.documents().stream()
                .findFirst()
                .flatMap(address -> new DocumentJudgement(session, realm).of(address.replace("{id}", "example")));
    }

    /** The realm's own scopes for every new client. */
    private Set<String> scopes(boolean byDefault) {
        return realm.getDefaultClientScopesStream(byDefault)
                .filter(scope -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol()))
                .map(ClientScopeModel::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    private McpServers openedBy(List<String> scopes, String server) {
        Stream<ProtocolMapperModel> mappers = realm.getClientScopesStream()
                .filter(scope -> scopes.contains(scope.getName()))
                .flatMap(ClientScopeModel::getProtocolMappersStream);
        return ServerCatalogue.of(session, mappers, List.of(server)) instanceof Verdict.Allowed<McpServers> servers
                ? servers.value()
                : McpServers.NONE;
    }

    private static ClientMetadata metadata(KnownClient known) {
        List<String> redirects = new ArrayList<>(known.redirectUris().stream()
                .map(uri -> uri.replace("{id}", "example"))
                .toList());
        if (known.loopback()) {
            redirects.add(LOOPBACK);
        }
        return new ClientMetadata(
                "",
                known.name(),
                redirects,
                List.of(),
                Map.of(),
                Map.of(),
                Set.of("authorization_code", "refresh_token"),
                Set.of("code"),
                List.of());
    }
}
