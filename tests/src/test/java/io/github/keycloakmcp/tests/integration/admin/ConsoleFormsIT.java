package io.github.keycloakmcp.tests.integration.admin;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Keycloak's own admin console: a form that is saved unchanged changes nothing, and a wrong value is not saved. */
@KeycloakTest
class ConsoleFormsIT {

    private static final String POLICY = "mcp-client-registration";
    private static final String EXECUTORS = "org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider";

    @Test
    void theFormsOfThePolicySavedUnchangedChangeNothing(McpRealm realm) {
        ConsoleForm form = new ConsoleForm(policyProperties(realm), false);
        assertThat(form.notEditable()).isEmpty();
        assertNothingChanges(
                realm,
                () -> realm.components(POLICY)
                        .forEach(policy -> realm.edit(
                                "/components/" + policy.path("id").asText(),
                                component -> component.set("config", arrays(form.saved(component.path("config")))))));
    }

    /** The one that stopped every registration and wrote {@code any-https-redirect: true}. */
    @Test
    void theFormsOfTheExecutorsSavedUnchangedChangeNothing(McpRealm realm) {
        JsonNode types =
                new AdminApi(realm.server()).serverInfo().path("componentTypes").path(EXECUTORS);
        assertNothingChanges(
                realm,
                () -> realm.edit("/client-policies/profiles", profiles -> {
                    for (JsonNode executor : profiles.at("/profiles/0/executors")) {
                        ConsoleForm form = new ConsoleForm(
                                properties(types, executor.path("executor").asText()), false);
                        if (executor.path("executor").asText().startsWith("mcp-")) {
                            assertThat(form.notEditable()).isEmpty();
                            ((ObjectNode) executor).set("configuration", form.saved(executor.path("configuration")));
                        }
                    }
                }));
        JsonNode guard = elements(realm.read("/client-policies/profiles").at("/profiles/0/executors"))
                .filter(executor -> executor.path("executor").asText().equals("mcp-client-guard"))
                .findFirst()
                .orElseThrow()
                .path("configuration");
        assertThat(guard.path("any-https-redirect").asText()).isEqualTo("inherited");
        assertThat(guard.has("clean-up"))
                .as("only the policy decides how long clients are kept")
                .isFalse();
    }

    @Test
    void theFormOfTheMapperSavedUnchangedChangesNothing(McpRealm realm) {
        JsonNode types = new AdminApi(realm.server()).serverInfo().at("/protocolMapperTypes/openid-connect");
        ConsoleForm form = new ConsoleForm(properties(types, "mcp-resource-audience"), true);
        JsonNode mapper =
                realm.scopes().get("mcp:tools").path("protocolMappers").get(0);
        assertNothingChanges(
                realm,
                () -> realm.edit(
                        realm.scopes().path("mcp:tools") + "/protocol-mappers/models/"
                                + mapper.path("id").asText(),
                        edited -> edited.set("config", form.saved(edited.path("config")))));
        assertThat(realm.read("/mcp/servers").toString()).contains(McpRealm.SERVER_A, McpRealm.SERVER_B);
    }

    /** What the console loads for an administrator with this language, and looks labels and help texts up in. */
    @ParameterizedTest
    @CsvSource({
        "de, Vertrauenswürdige Hosts",
        "fr, Hôtes de confiance",
        "es, Hosts de confianza",
        "ja, 信頼するホスト",
        "zh-Hans, 受信任的主机"
    })
    void labelsAndHelpAreInTheLanguageOfTheAdministrator(String language, String label, McpRealm realm) {
        URI texts = URI.create(realm.server().url() + "/resources/" + realm.name() + "/admin/" + language);
        Map<String, String> known = elements(Json.parse(Http.plain().get(texts).body()))
                .collect(Collectors.toMap(
                        text -> text.path("key").asText(),
                        text -> text.path("value").asText(),
                        (one, other) -> one));
        assertThat(known).containsEntry("Trusted hosts", label);
        for (JsonNode property : policyProperties(realm)) {
            assertThat(known)
                    .containsKeys(
                            property.path("label").asText(),
                            property.path("helpText").asText());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "max-clients, -1",
        "registrations-per-sender, many",
        "registration-window, 0.5",
        "allow-loopback, yes",
        "clean-up, delete"
    })
    void aValueOfTheWrongFormIsNotSaved(String setting, String value, McpRealm realm) {
        JsonNode policy = realm.components(POLICY).get(0);
        ObjectNode changed = policy.deepCopy();
        changed.withObject("/config").set(setting, Json.tree(List.of(value)));
        Response answer = realm.put("/components/" + policy.path("id").asText(), changed);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.asString()).contains(setting, value);
        assertThat(realm.components(POLICY)).contains(policy);
    }

    @ParameterizedTest
    @CsvSource({
        "mcp-server-aliases, https://one.example/mcp",
        "refresh-token-grace, -1",
        "legacy-refresh-tokens, keep",
        "include-clients, yes"
    })
    void aMapperWithAValueOfTheWrongFormIsNotSaved(String setting, String value, McpRealm realm) {
        JsonNode scope = realm.scopes().get("mcp:tools");
        ObjectNode mapper = scope.path("protocolMappers").get(0).deepCopy();
        ((ObjectNode) mapper.path("config")).put(setting, value);
        Response answer = realm.put(
                realm.scopes().path("mcp:tools") + "/protocol-mappers/models/"
                        + mapper.path("id").asText(),
                mapper);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.asString()).contains(setting);
        assertThat(realm.scopes().get("mcp:tools")).isEqualTo(scope);
    }

    @Test
    void aChangeOfTheAnonymousPolicyReachesTheOtherUnlessThatIsDifferentOnPurpose(McpRealm realm) {
        JsonNode anonymous = policy(realm, "anonymous");
        JsonNode authenticated = policy(realm, "authenticated");
        set(realm, "anonymous", "trusted-hosts", "first.example");
        assertThat(trustedHosts(realm, "authenticated")).containsExactly("first.example");
        set(realm, "authenticated", "trusted-hosts", "partner.example");
        assertThat(trustedHosts(realm, "anonymous")).containsExactly("first.example");
        set(realm, "anonymous", "trusted-hosts", "second.example");
        assertThat(trustedHosts(realm, "authenticated")).containsExactly("partner.example");
        for (JsonNode policy : List.of(anonymous, authenticated)) {
            realm.put("/components/" + policy.path("id").asText(), policy);
        }
    }

    private static JsonNode policy(McpRealm realm, String type) {
        return realm.components(POLICY).stream()
                .filter(policy -> policy.path("subType").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static void set(McpRealm realm, String type, String setting, String value) {
        realm.edit(
                "/components/" + policy(realm, type).path("id").asText(),
                component -> component.withObject("/config").set(setting, Json.tree(List.of(value))));
    }

    private static List<String> trustedHosts(McpRealm realm, String type) {
        return Json.texts(policy(realm, type).at("/config/trusted-hosts"));
    }

    /** What registration accepts and refuses, and the status of the realm, are the same before and after. */
    private static void assertNothingChanges(McpRealm realm, Runnable saving) {
        JsonNode status = realm.read("/mcp");
        String before = outcomes(realm);
        saving.run();
        assertThat(outcomes(realm)).isEqualTo(before).startsWith("[201, 400");
        assertThat(realm.read("/mcp")).isEqualTo(status);
    }

    private static String outcomes(McpRealm realm) {
        return Stream.of(
                        "http://127.0.0.1:33418/callback",
                        "https://evil.example/cb",
                        "unknown.scheme:/cb",
                        "https://claude.ai/api/mcp/auth_callback")
                .map(uri -> McpClient.of(realm)
                        .register(ClientMetadata.unique("Form").redirects(uri))
                        .reply()
                        .status())
                .toList()
                .toString();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode policyProperties(McpRealm realm) {
        return properties(realm.read("/client-registration-policy/providers"), POLICY);
    }

    private static JsonNode properties(JsonNode types, String id) {
        return elements(types)
                .filter(type -> type.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow()
                .path("properties");
    }

    private static ObjectNode arrays(ObjectNode config) {
        ObjectNode arrays = Json.object();
        config.properties()
                .forEach(member -> arrays.set(
                        member.getKey(),
                        member.getValue().isArray() ? member.getValue() : Json.tree(List.of(member.getValue()))));
        return arrays;
    }
}
