package io.github.keycloakmcp.platform;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.util.JsonSerialization;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether a realm's client policies use the executor. */
class ActiveExecutorsTest {

    private static final String EXECUTORS =
            "'executors': [{'executor': 'pkce-enforcer'}, {'executor': 'mcp-client-guard', 'configuration': {'a': 1}}]";
    private static final String PROFILES = "{'profiles': [{'name': 'mcp', " + EXECUTORS + "}, {'name': 'other'}]}";
    private static final String GLOBAL = "{'globalProfiles': [{'name': 'mcp', " + EXECUTORS + "}]}";

    @Test
    void findsTheExecutorOfAnEnabledPolicy() {
        JsonNode policies = json("{'policies': [{'enabled': true, 'profiles': ['other', 'mcp']}]}");
        assertThat(new ActiveExecutors(policies, json(PROFILES)).configuration(ProviderIds.CLIENT_GUARD))
                .hasValueSatisfying(own -> assertThat(own).containsEntry("a", 1));
    }

    @Test
    void findsTheExecutorOfTheWholeServer() {
        JsonNode policies = json("{'globalPolicies': [{'enabled': true, 'profiles': ['mcp']}]}");
        assertThat(new ActiveExecutors(policies, json(GLOBAL)).configuration(ProviderIds.CLIENT_GUARD))
                .isPresent();
    }

    @Test
    void knowsAnExecutorWithoutConfiguration() {
        JsonNode policies = json("{'policies': [{'enabled': true, 'profiles': ['mcp']}]}");
        JsonNode profiles = json("{'profiles': [{'name': 'mcp', 'executors': [{'executor': 'mcp-client-guard'}]}]}");
        assertThat(new ActiveExecutors(policies, profiles).configuration(ProviderIds.CLIENT_GUARD))
                .hasValueSatisfying(own -> assertThat(own).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'policies': []}",
                "{'policies': [{'enabled': false, 'profiles': ['mcp']}]}",
                "{'policies': [{'enabled': true, 'profiles': ['other']}]}",
                "{'policies': [{'enabled': true}]}"
            })
    void anExecutorThatNoPolicyUsesDoesNothing(String policies) {
        assertThat(new ActiveExecutors(json(policies), json(PROFILES)).configuration(ProviderIds.CLIENT_GUARD))
                .isEmpty();
    }

    private static JsonNode json(String text) {
        try {
            return JsonSerialization.mapper.readTree(text.replace('\'', '"'));
        } catch (Exception e) {
            throw new AssertionError(text, e);
        }
    }
}
