package io.github.keycloakmcp.settings;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.keycloakmcp.platform.Setting;
import io.github.keycloakmcp.rule.registration.TrustedHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.component.ComponentModel;
import org.keycloak.provider.ProviderConfigProperty;

import static org.assertj.core.api.Assertions.assertThat;

/** Which settings the executor decides by. */
class RealmSettingsTest {

    private final ComponentModel policy = new ComponentModel();

    RealmSettingsTest() {
        policy.getConfig().putSingle("trusted-hosts", "policy.example");
        policy.getConfig().putSingle("allow-loopback", "false");
        policy.getConfig().putSingle("max-clients", "7");
    }

    @Test
    void withoutSettingsOfItsOwnItDecidesAsTheRegistrationPolicy() {
        assertThat(RealmSettings.combine(Map.of(), Optional.of(policy))).isEqualTo(RealmSettings.of(policy));
    }

    @Test
    void whatIsSetOnItGoesBeforeTheRegistrationPolicy() {
        Map<String, ?> own = Map.of("trusted-hosts", List.of("own.example"), "allow-loopback", true);
        RealmSettings settings = RealmSettings.combine(own, Optional.of(policy));
        assertThat(settings.registration().hosts()).containsExactly(new TrustedHost("own.example"));
        assertThat(settings.registration().loopback()).isTrue();
        assertThat(settings.limits().maxClients()).isEqualTo(7);
    }

    @ParameterizedTest
    @MethodSource("empty")
    void anEmptySettingIsNotSet(Object empty) {
        RealmSettings settings = RealmSettings.combine(Map.of("trusted-hosts", empty), Optional.of(policy));
        assertThat(settings.registration().hosts()).containsExactly(new TrustedHost("policy.example"));
    }

    static List<Object> empty() {
        return List.of("", " ", List.of(), List.of(""), Arrays.asList("", " "));
    }

    /** What Keycloak's console stores when the form of the executor is saved and no one has touched a field. */
    @Test
    void theFormSavedUnchangedDecidesAsThePolicy() {
        Map<String, Object> untouched = new HashMap<>();
        RealmSettings.OF_EXECUTOR.stream()
                .map(Setting::inheritedProperty)
                .forEach(property -> untouched.put(
                        property.getName(), property.getDefaultValue() == null ? "" : property.getDefaultValue()));
        assertThat(RealmSettings.combine(untouched, Optional.of(policy))).isEqualTo(RealmSettings.of(policy));
    }

    /** An older version of the form stored {@code [null]} for a list that no one had touched. */
    @Test
    void aListOfNullIsNotSet() {
        Map<String, Object> own = Map.of(
                "forced-scopes", Collections.singletonList(null), "trusted-hosts", Collections.singletonList(null));
        assertThat(RealmSettings.combine(own, Optional.of(policy))).isEqualTo(RealmSettings.of(policy));
    }

    @Test
    void aloneItDecidesByTheDefaults() {
        assertThat(RealmSettings.combine(Map.of(), Optional.empty())).isEqualTo(RealmSettings.of(new ComponentModel()));
    }

    @Test
    void howLongClientsAreKeptIsDecidedByThePolicyAlone() {
        RealmSettings settings = RealmSettings.combine(Map.of("clean-up", "off"), Optional.of(policy));
        assertThat(settings.lifecycle()).isEqualTo(RealmSettings.of(policy).lifecycle());
        assertThat(RealmSettings.OF_EXECUTOR).extracting(Setting::key).doesNotContain("clean-up", "last-use-interval");
    }

    @Test
    void whereThereIsNoPolicyWhatTheExecutorHasStoredStillKeepsClients() {
        RealmSettings settings = RealmSettings.combine(Map.of("clean-up", "off"), Optional.empty());
        assertThat(settings.lifecycle().cleanUp()).isEqualTo(LifecycleSettings.CleanUp.OFF);
    }

    @Test
    void theConsoleWritesNoDefaultThatWouldGoBeforeThePolicy() {
        List<ProviderConfigProperty> properties = RealmSettings.OF_EXECUTOR.stream()
                .map(Setting::inheritedProperty)
                .toList();
        assertThat(properties)
                .extracting(ProviderConfigProperty::getName)
                .containsExactlyElementsOf(
                        RealmSettings.OF_EXECUTOR.stream().map(Setting::key).toList());
        assertThat(properties).allSatisfy(property -> {
            assertThat(property.getDefaultValue()).isIn(null, List.of(""), Setting.INHERITED);
            assertThat(property.getType()).isNotEqualTo(ProviderConfigProperty.BOOLEAN_TYPE);
        });
    }
}
