package io.github.keycloakmcp.tests.realclients;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakServer;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every form of this extension in Keycloak's own admin console, in Chromium: saving an unchanged form changes nothing, an
 * edit changes what was edited and nothing else, and no setting is missing.
 */
@KeycloakTest
@DisabledIfSystemProperty(
        named = "keycloak.url",
        matches = ".+",
        disabledReason = "needs a host that the server trusts")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
@ResourceLock(NodeScript.COMPUTER)
class ConsoleIT {

    private final McpRealm realm;
    private final ConsoleForms console;

    ConsoleIT(McpRealm realm) {
        this.realm = realm;
        this.console = new ConsoleForms(realm);
    }

    @BeforeAll
    static void makeAnAdministrator(McpRealm realm) {
        String management = realm.clients().path("realm-management");
        ArrayNode role = Json.object().putArray("roles");
        role.add(realm.read(management + "/roles/realm-admin"));
        String path =
                "/users/" + realm.userId("alice") + "/role-mappings/clients/" + management.replace("/clients/", "");
        AdminApi.succeeded("POST", path, realm.post(path, role));
    }

    @BeforeAll
    static void addTheCondition(McpRealm realm) {
        realm.edit(
                ConsoleForms.POLICIES,
                policies -> ((ArrayNode) policies.at("/policies/0/conditions"))
                        .addObject()
                        .put("condition", ConsoleForms.CONDITION)
                        .putObject("configuration"));
    }

    @Test
    void aFormThatIsSavedUnchangedChangesNothingAndShowsEverySetting(KeycloakServer server) {
        ProviderSettings settings = ProviderSettings.of(server);
        List<ConsoleForm> forms = console.providers();
        List<JsonNode> before = read(forms);
        List<JsonNode> seen = ConsoleForm.saveAll(realm, forms);
        Map<String, Set<String>> shown = new TreeMap<>();
        for (int i = 0; i < forms.size(); i++) {
            ConsoleForm form = forms.get(i);
            assertThat(seen.get(i).path("problem").asText()).as(form.name()).isEmpty();
            assertThat(settings.effective(realm.read(form.stored())))
                    .as(form.name())
                    .isEqualTo(settings.effective(before.get(i)));
            shown.put(form.name(), new TreeSet<>(Json.texts(seen.get(i).path("settings"))));
        }
        assertThat(settings.defaults().keySet())
                .as("providers with settings")
                .contains(ConsoleForms.POLICY, ConsoleForms.GUARD, ConsoleForms.DOCUMENTS, ConsoleForms.MAPPER);
        settings.defaults()
                .forEach((provider, keys) -> assertThat(shown.get(provider))
                        .as("settings of " + provider)
                        .containsAll(keys.keySet()));
    }

    @Test
    void anEditChangesWhatWasEditedAndNothingElse(KeycloakServer server) {
        ProviderSettings settings = ProviderSettings.of(server);
        List<ConsoleForm> edits = List.of(
                console.policy().editing("trusted-hosts", "edited.example"),
                console.policy().editing("any-https-redirect", "true"),
                console.policy().editing("max-clients", "77"),
                console.executor(ConsoleForms.GUARD).editing("allow-loopback", "false"),
                console.executor(ConsoleForms.GUARD).editing("trusted-hosts", "guarded.example"),
                console.executor(ConsoleForms.DOCUMENTS).editing("documents-from", "listed"),
                console.mapper().editing("default-mcp-server", McpRealm.SERVER_B));
        List<JsonNode> before = read(edits);
        List<JsonNode> seen = ConsoleForm.saveAll(realm, edits);
        for (int i = 0; i < edits.size(); i++) {
            ConsoleForm form = edits.get(i);
            JsonNode edit = form.json().path("edit");
            assertThat(seen.get(i).path("problem").asText()).as("%s", form).isEmpty();
            JsonNode now = settings.effective(realm.read(form.stored()));
            assertThat(now.toString())
                    .as("%s", form)
                    .contains('"' + edit.path("setting").asText() + "\":\""
                            + edit.path("value").asText() + '"');
            assertThat(without(now, edits)).as("%s", form).isEqualTo(without(settings.effective(before.get(i)), edits));
        }
    }

    @Test
    void aClientOfEachKindCanBeSavedUnchangedAndAfterTheRulesWereTightenedEditedDisabledAndDeleted() {
        List<ConsoleForm> clients = new ArrayList<>(
                ConsoleClients.in(realm).ids().stream().map(console::client).toList());
        clients.set(0, clients.get(0).photographed("console-client"));
        List<JsonNode> before = read(clients);
        assertSaved(clients);
        assertThat(read(clients).stream().map(ConsoleClients::effective))
                .containsExactlyElementsOf(
                        before.stream().map(ConsoleClients::effective).toList());
        ConsoleClients.tighten(realm);
        List<ConsoleForm> steps = new ArrayList<>();
        for (int first = 0; first < clients.size(); first++) {
            ConsoleForm client = clients.get(first);
            List<ConsoleForm> order = new ArrayList<>(List.of(
                    client.editing("description", "Under review"),
                    client.editing("name", "Suspect"),
                    client.disabling()));
            Collections.rotate(order, first);
            steps.addAll(order);
        }
        assertSaved(steps);
        for (JsonNode client : read(clients)) {
            assertThat(client.path("description").asText()).isEqualTo("Under review");
            assertThat(client.path("name").asText()).isEqualTo("Suspect");
            assertThat(client.path("enabled").asBoolean(true)).isFalse();
        }
        assertThat(read(clients).stream().map(ConsoleIT::withoutEdits).map(ConsoleClients::effective))
                .containsExactlyElementsOf(before.stream()
                        .map(ConsoleIT::withoutEdits)
                        .map(ConsoleClients::effective)
                        .toList());
        assertSaved(clients.stream().map(ConsoleForm::removing).toList());
        for (ConsoleForm client : clients) {
            assertThat(realm.get(client.stored()).statusCode())
                    .as(client.name())
                    .isEqualTo(404);
            assertThat(realm.clients().contains(client.name()))
                    .as(client.name())
                    .isFalse();
        }
    }

    private void assertSaved(List<ConsoleForm> forms) {
        List<JsonNode> seen = ConsoleForm.saveAll(realm, forms);
        for (int i = 0; i < seen.size(); i++) {
            assertThat(seen.get(i).path("problem").asText())
                    .as("%s", forms.get(i))
                    .isEmpty();
        }
    }

    private static JsonNode withoutEdits(JsonNode client) {
        return ((ObjectNode) client.deepCopy()).remove(List.of("name", "description", "enabled"));
    }

    private List<JsonNode> read(List<ConsoleForm> forms) {
        return forms.stream().map(form -> realm.read(form.stored())).toList();
    }

    /** What is stored, but for the settings that are edited. */
    private static JsonNode without(JsonNode stored, List<ConsoleForm> edits) {
        JsonNode copy = stored.deepCopy();
        for (ConsoleForm edit : edits) {
            String setting = edit.json().at("/edit/setting").asText();
            copy.findParents(setting).forEach(config -> ((ObjectNode) config).remove(setting));
        }
        return copy;
    }
}
