package io.github.keycloakmcp.tests.integration.admin;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.tests.integration.admin.StockRealm.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

/** A realm that a newer version has touched: settings and attributes that this one does not know change nothing, and stay. */
@KeycloakTest(demo = false)
class NewerSettingsIT extends InStockRealm {

    private static final String SETTING = "setting-of-a-newer-version";
    private static final String ATTRIBUTE = "mcp.newer-version";

    @Test
    void settingsOfANewerVersionAreIgnoredAndKept() {
        AdminApi.succeeded("PUT", "/mcp", realm.put("/mcp", "{\"servers\": [\"" + SERVER + "\"]}"));
        McpClient resident = McpClient.of(realm).registered(ClientMetadata.unique("Resident"));
        String refresh = login(resident);
        realm.editRegistration(config -> config.putArray(SETTING).add("on"));
        realm.edit("/client-policies/profiles", NewerSettingsIT::mark);
        String scope = "/client-scopes/" + scope().path("id").asText();
        realm.edit(scope, written -> written.withObject("/attributes").put(ATTRIBUTE, "on"));
        realm.edit(
                scope + "/protocol-mappers/models/"
                        + scope().path("protocolMappers").path(0).path("id").asText(),
                mapper -> mapper.withObject("/config").put(SETTING, "on"));
        realm.edit("", written -> written.withObject("/attributes").put(ATTRIBUTE, "on"));
        List<String> marks = marks();
        // Keycloak exports no setting of a registration policy that its provider does not declare.
        assertThat(marks).as("two executors, scope, mapper and realm").hasSize(5);

        TokenAssertion.assertThat(resident.refresh(refresh).tokens()).isFor(SERVER);
        login(resident);
        login(McpClient.of(realm).registered(ClientMetadata.unique("Newcomer")));
        assertThat(realm.read("/mcp").path("pending")).isEmpty();
        assertThat(realm.read("/mcp/diagnosis").path("ok").asBoolean()).isTrue();
        AdminApi.succeeded("PUT", "/mcp", realm.put("/mcp", "{\"maxClients\": 8}"));
        assertThat(marks()).as("after a change of another setting").isEqualTo(marks);
        AdminApi.succeeded("DELETE", "/mcp", realm.delete("/mcp"));
        StockRealm.theOldApplicationStillWorks(realm);
    }

    private static void mark(ObjectNode profiles) {
        for (JsonNode executor : profiles.at("/profiles").findParents("executor")) {
            if (executor.path("executor").asText().matches("mcp-resource|mcp-client-guard")) {
                ((ObjectNode) executor).withObject("/configuration").put(SETTING, "on");
            }
        }
    }

    private JsonNode scope() {
        for (JsonNode scope : realm.read("/client-scopes")) {
            if (scope.path("name").asText().equals("mcp:tools")) {
                return scope;
            }
        }
        throw new IllegalStateException("no scope mcp:tools");
    }

    /** Where the export has a setting or an attribute of the newer version. */
    private List<String> marks() {
        List<String> found = new ArrayList<>();
        collect("", StockRealm.export(realm), found);
        return found;
    }

    private static void collect(String path, JsonNode node, List<String> found) {
        node.properties().forEach(member -> {
            String at = path + "/" + member.getKey();
            if (member.getKey().equals(SETTING) || member.getKey().equals(ATTRIBUTE)) {
                found.add(at);
            }
            collect(at, member.getValue(), found);
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(path + "/" + i, node.path(i), found);
        }
    }

    private String login(McpClient client) {
        var tokens = client.obtain(
                Browser.of("alice"), client.authorization().resource(SERVER).scope("mcp:tools"));
        TokenAssertion.assertThat(tokens).isFor(SERVER);
        return tokens.refresh();
    }
}
