package io.github.keycloakmcp.tests.integration.consent;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.McpRealm;

/** A login flow with two levels of authentication, as an administrator makes it: for the second, the password once more. */
final class LeveledLogin {

    private static final String FLOWS = "/authentication/flows";
    private static final String TOP = "leveled";

    private final McpRealm realm;

    private LeveledLogin(McpRealm realm) {
        this.realm = realm;
    }

    /** Makes the flow the realm's login, with the ACR values silver and gold for its levels. */
    static void set(McpRealm realm) {
        LeveledLogin flow = new LeveledLogin(realm);
        flow.post(FLOWS, """
                {"alias": "%s", "providerId": "basic-flow", "topLevel": true, "builtIn": false}
                """.formatted(TOP));
        flow.add(TOP, "auth-cookie", "ALTERNATIVE");
        flow.addFlow(TOP, "levels", "ALTERNATIVE");
        flow.level("silver", 1, "auth-username-password-form");
        flow.level("gold", 2, "auth-password-form");
        realm.update("""
                {"browserFlow": "%s", "attributes": {"acr.loa.map": "{\\"silver\\":1,\\"gold\\":2}"}}
                """.formatted(TOP));
    }

    private void level(String name, int level, String authenticator) {
        addFlow("levels", name, "CONDITIONAL");
        String condition = add(name, "conditional-level-of-authentication", "REQUIRED");
        post("/authentication/executions/" + condition + "/config", """
                {"alias": "%s", "config": {"loa-condition-level": "%d", "loa-max-age": "36000"}}
                """.formatted(name, level));
        add(name, authenticator, "REQUIRED");
    }

    private String add(String flow, String provider, String requirement) {
        post(FLOWS + "/" + flow + "/executions/execution", "{\"provider\": \"%s\"}".formatted(provider));
        return require(flow, requirement);
    }

    private void addFlow(String flow, String name, String requirement) {
        post(FLOWS + "/" + flow + "/executions/flow", """
                {"alias": "%s", "type": "basic-flow", "provider": "registration-page-form", "description": ""}
                """.formatted(name));
        require(flow, requirement);
    }

    /** Sets the requirement of what was added last to a flow, and returns its id. */
    private String require(String flow, String requirement) {
        JsonNode last = null;
        for (JsonNode execution : realm.read(FLOWS + "/" + flow + "/executions")) {
            last = execution.path("level").asInt() == 0 ? execution : last;
        }
        if (last == null) {
            throw new AssertionError("nothing in " + flow);
        }
        String changed = last.deepCopy().toString();
        AdminApi.succeeded(
                "PUT",
                flow,
                realm.put(
                        FLOWS + "/" + flow + "/executions",
                        changed.replaceAll("\"requirement\":\"[A-Z]+\"", "\"requirement\":\"" + requirement + "\"")));
        return last.path("id").asText();
    }

    private void post(String path, String json) {
        AdminApi.succeeded("POST", path, realm.post(path, json));
    }
}
