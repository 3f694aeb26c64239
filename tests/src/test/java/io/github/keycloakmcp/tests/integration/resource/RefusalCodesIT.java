package io.github.keycloakmcp.tests.integration.resource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.tests.integration.admin.Diagnosis;
import io.github.keycloakmcp.tests.server.KeycloakCluster;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmEvent;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.SharedServers;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** One word for one reason: whoever looks at events, metrics, diagnosis or documentation finds the same code. */
@EnabledIf("io.github.keycloakmcp.tests.server.KeycloakCluster#isPossible")
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalCodesIT {

    /** Codes that need more than a request to this realm, and where they are provoked instead. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("client-shared", "OwnershipRacesIT: two requests at once"),
            Map.entry("database-busy", "FewConnectionsIT: a database that has no connection, or ends one"),
            Map.entry(
                    "implicit-flow-refused",
                    "AdministeredClientRuleTest: here Keycloak's own executor switches the flow off first"),
            Map.entry(
                    "client-policy-refuses",
                    "a policy of another extension that refuses what a metadata document says"),
            Map.entry("provider-disabled", "DisabledPartIT: a server option"),
            Map.entry("binding-changed", "OtherExtensionIT: the jar of another extension"),
            Map.entry("scope-needs-login", "StrongerLoginIT: a scope of a server with a setting"),
            Map.entry("login-too-weak", "StrongerLoginIT: a login flow with levels"),
            Map.entry("assertion-of-another-client", "IdentityAssertionIT: a second identity provider"),
            Map.entry("assertion-malformed", "HostileAssertionsIT: the same"),
            Map.entry("assertion-not-supported", "HostileAssertionsIT: the same"),
            Map.entry("assertion-reusable", "IdentityAssertionIT: the same"),
            Map.entry("assertion-scope-mismatch", "IdentityAssertionIT: the same"),
            Map.entry("assertion-server-not-trusted", "CompanyTrustIT: the same"),
            Map.entry("dpop-required", "DpopBindingIT: a proof of a key"),
            Map.entry("assertion-client-refused", "RefusedIssuanceIT: a company realm"),
            Map.entry("assertion-subject-refused", "RefusedIssuanceIT: the same"),
            Map.entry("assertion-target-refused", "RefusedIssuanceIT: the same"),
            Map.entry("assertion-scope-refused", "RefusedIssuanceIT: the same"),
            Map.entry("delegation-actor-refused", "DelegationIT: several servers that exchange tokens"),
            Map.entry("delegation-scope-refused", "DelegationIT: the same"),
            Map.entry("delegation-role-missing", "DelegationIT: the same"),
            Map.entry("delegation-target-refused", "DelegationIT: the same"),
            Map.entry("workload-token-malformed", "WorkloadsIT: a platform"),
            Map.entry("workload-token-not-supported", "WorkloadsIT: a platform"),
            Map.entry("workload-audience-refused", "WorkloadsIT: a platform"),
            Map.entry("workload-token-expired", "WorkloadsIT: a platform"),
            Map.entry("workload-token-used", "WorkloadsIT: a platform"),
            Map.entry("workload-signature-refused", "WorkloadsIT: a platform"),
            Map.entry("workload-not-trusted", "WorkloadsIT: a platform"),
            Map.entry("workload-server-refused", "WorkloadsIT: a platform"),
            Map.entry("alias-refused", "SetUpDocumentIT: an answer to an administrator only"),
            Map.entry("default-server-unknown", "SetUpDocumentIT: an answer to an administrator only"),
            Map.entry("setting-malformed", "SetUpDocumentIT: an answer to an administrator only"));

    private static final Path PAGE = Path.of("../docs/refusals.md");

    private static final Map<String, String> VARIABLES =
            Map.of("MCP_ALLOW_LOOPBACK_DOCUMENTS", "true", "MCP_REGISTRATIONS_PER_SENDER", "1000");

    private KeycloakCluster cluster;
    private McpRealm realm;
    private ProvokedRefusals refusals;

    @BeforeAll
    void makeRealm(KeycloakCluster shared) {
        cluster = shared;
        realm = McpRealm.create(
                shared.first(),
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(VARIABLES),
                "refusal-codes");
        refusals = new ProvokedRefusals(realm);
    }

    @AfterAll
    void removeRealm() {
        refusals.close();
        realm.close();
    }

    Stream<String> codes() {
        return refusals.codes();
    }

    @Test
    void everyCodeIsProvoked() {
        assertThat(Stream.concat(codes(), ELSEWHERE.keySet().stream()))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(RefusalCode.values()).map(RefusalCode::word).toList());
    }

    @ParameterizedTest
    @MethodSource("codes")
    void isTheSameInEventMetricDiagnosisAndDocumentation(String code) throws IOException {
        realm.clearEvents();
        int before = counted(code);
        refusals.provoke(code);
        List<RealmEvent> errors = realm.events().stream()
                .filter(event -> event.details().containsKey("mcp_refusal"))
                .toList();
        assertThat(errors)
                .as("%s among %s", code, realm.events())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.details()).containsEntry("mcp_refusal", code));
        assertThat(counted(code)).as("metric").isGreaterThan(before);
        JsonNode refusal = Diagnosis.of(realm, "").answer().path("refusals").path(0);
        assertThat(refusal.path("code").asText()).as(refusal.toString()).isEqualTo(code);
        assertThat(refusal.path("id").asText()).as(refusal.toString()).isEqualTo(code);
        assertThat(refusal.path("fix").asText()).isNotBlank();
        assertThat(Files.readAllLines(PAGE)).contains("### " + code);
    }

    private int counted(String code) {
        return cluster.counted(realm).entrySet().stream()
                .filter(series -> series.getKey().startsWith("keycloak_mcp_refusals_total code=" + code + ","))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
