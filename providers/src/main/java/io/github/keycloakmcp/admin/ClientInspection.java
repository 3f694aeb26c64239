package io.github.keycloakmcp.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.keycloakmcp.admission.AdmissionConfig;
import io.github.keycloakmcp.admission.RealmPolicies;
import io.github.keycloakmcp.platform.McpScopes;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.diagnosis.ClientChecks;
import io.github.keycloakmcp.rule.diagnosis.ClientFacts;
import io.github.keycloakmcp.rule.diagnosis.Finding;
import io.github.keycloakmcp.rule.registration.AcceptedClient;
import io.github.keycloakmcp.rule.registration.ClientMetadata;
import io.github.keycloakmcp.rule.registration.KnownClient;
import io.github.keycloakmcp.rule.registration.KnownClients;
import io.github.keycloakmcp.rule.registration.RegistrationRule;
import io.github.keycloakmcp.rule.registration.ScopeRule;
import org.keycloak.models.ClientModel;

/**
 * Looks at one client: at one of the realm as it is, at a known client as it would be judged. The judging is the rule that
 * decides about real registrations, and nothing is stored.
 */
final class ClientInspection {

    /** What programs on the user's computer register; every known client without an address of its own is one. */
    private static final String LOOPBACK = "http://127.0.0.1:33418/callback";

    private final Administrator admin;

    ClientInspection(Administrator admin) {
        this.admin = admin;
    }

    List<Finding> of(String name) {
        ClientModel client = admin.realm().getClientByClientId(name);
        if (client != null) {
            return ClientChecks.of(facts(client));
        }
        return List.of(KnownClients.byId(name)
                .map(this::simulate)
                .orElseGet(() -> ClientChecks.unknown(
                        Refusal.excerpt(name),
                        KnownClients.all().stream().map(KnownClient::id).toList())));
    }

    private static ClientFacts facts(ClientModel client) {
        return new ClientFacts(
                client.getClientId(),
                client.isEnabled(),
                hasMcpScope(client, true),
                hasMcpScope(client, false),
                client.isStandardFlowEnabled(),
                client.getRedirectUris().size());
    }

    private static boolean hasMcpScope(ClientModel client, boolean byDefault) {
        return !McpScopes.names(client.getClientScopes(byDefault).values().stream())
                .isEmpty();
    }

    private Finding simulate(KnownClient known) {
        Optional<AdmissionConfig> policy = RealmPolicies.deciding(admin.realm(), false)
                .map(component -> AdmissionConfig.of(component, problem -> {}));
        if (policy.isEmpty()) {
            return ClientChecks.wouldBeRefused(known.name(), known.id(), "the realm is not enabled for MCP");
        }
        ScopeRule scopes = new ScopeRule(Set.of(), Set.of(), policy.get().forcedScopes(), Set.of());
        Verdict<AcceptedClient> verdict =
                new RegistrationRule(policy.get().redirectUriRule(), scopes).judge(metadata(known));
        return verdict instanceof Verdict.Refused<AcceptedClient> refused
                ? ClientChecks.wouldBeRefused(
                        known.name(), known.id(), refused.refusal().description())
                : ClientChecks.wouldRegister(known.name());
    }

    private static ClientMetadata metadata(KnownClient known) {
        List<String> redirects = new ArrayList<>(known.redirectUris().stream()
                .map(uri -> uri.replace("{id}", "example"))
                .toList());
        if (redirects.isEmpty()) {
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
