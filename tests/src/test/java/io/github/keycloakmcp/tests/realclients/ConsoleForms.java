package io.github.keycloakmcp.tests.realclients;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.McpRealm;

/**
 * The forms of this extension's providers in the admin console.
 *
 * @param realm the realm, with everything that the realm file makes
 */
record ConsoleForms(McpRealm realm) {

    static final String POLICY = "mcp-client-registration";
    static final String GUARD = "mcp-client-guard";
    static final String RESOURCE = "mcp-resource";
    static final String DOCUMENTS = "mcp-client-id-metadata-document";
    static final String CONDITION = "mcp-client";
    static final String MAPPER = "mcp-resource-audience";
    static final String PROFILES = "/client-policies/profiles";
    static final String POLICIES = "/client-policies/policies";

    /** All of them, with pictures. */
    List<ConsoleForm> providers() {
        return List.of(
                policy().photographed("console-policy"),
                mapper().photographed("console-mapper"),
                executor(DOCUMENTS).photographed("console-documents"),
                executor(RESOURCE).photographed("console-resource"),
                executor(GUARD).photographed("console-guard"),
                ConsoleForm.at(
                                realm,
                                "/realm-settings/client-policies/mcp/edit-policy/" + CONDITION + "/edit-condition",
                                CONDITION,
                                POLICIES)
                        .photographed("console-condition"),
                ConsoleForm.at(
                                realm,
                                "/authentication/required-actions",
                                "mcp-consent",
                                "/authentication/required-actions/mcp-consent")
                        .toggling(realm.read("/authentication/required-actions/mcp-consent")
                                .path("name")
                                .asText())
                        .photographed("console-required-action"));
    }

    /** The policy for clients that register without a token. */
    ConsoleForm policy() {
        JsonNode policy = realm.components(POLICY).stream()
                .filter(component -> component.path("subType").asText().equals("anonymous"))
                .findFirst()
                .orElseThrow();
        String id = policy.path("id").asText();
        return ConsoleForm.at(
                realm, "/clients/client-registration/anonymous/" + POLICY + "/" + id, POLICY, "/components/" + id);
    }

    /** The mapper in the scope mcp:tools. */
    ConsoleForm mapper() {
        String scope = realm.scopes().path("mcp:tools");
        String id =
                realm.read(scope + "/protocol-mappers/models").get(0).path("id").asText();
        return ConsoleForm.at(
                realm, scope + "/mappers/" + id + "/edit", MAPPER, scope + "/protocol-mappers/models/" + id);
    }

    /** The details of a client. */
    ConsoleForm client(String clientId) {
        String path = realm.clients().path(clientId);
        return ConsoleForm.at(realm, path + "/settings", clientId, path);
    }

    /** An executor of the profile mcp. */
    ConsoleForm executor(String provider) {
        return ConsoleForm.at(
                realm, "/realm-settings/client-policies/mcp/edit-profile/" + provider, provider, PROFILES);
    }
}
