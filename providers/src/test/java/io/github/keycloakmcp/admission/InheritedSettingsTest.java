package io.github.keycloakmcp.admission;

import java.util.Arrays;
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
class InheritedSettingsTest {

    private final ComponentModel policy = new ComponentModel();

    InheritedSettingsTest() {
        policy.getConfig().putSingle("trusted-hosts", "policy.example");
        policy.getConfig().putSingle("allow-loopback", "false");
        policy.getConfig().putSingle("max-clients", "7");
    }

    @Test
    void withoutSettingsOfItsOwnItDecidesAsTheRegistrationPolicy() {
        assertThat(InheritedSettings.of(Map.of(), Optional.of(policy)))
                .isEqualTo(AdmissionConfig.of(policy, problem -> {}));
    }

    @Test
    void whatIsSetOnItGoesBeforeTheRegistrationPolicy() {
        Map<String, ?> own = Map.of("trusted-hosts", List.of("own.example"), "allow-loopback", true);
        AdmissionConfig config = InheritedSettings.of(own, Optional.of(policy));
        assertThat(config.hosts()).containsExactly(new TrustedHost("own.example"));
        assertThat(config.loopback()).isTrue();
        assertThat(config.limits().maxClients()).isEqualTo(7);
    }

    @ParameterizedTest
    @MethodSource("empty")
    void anEmptySettingIsNotSet(Object empty) {
        AdmissionConfig config = InheritedSettings.of(Map.of("trusted-hosts", empty), Optional.of(policy));
        assertThat(config.hosts()).containsExactly(new TrustedHost("policy.example"));
    }

    static List<Object> empty() {
        return List.of("", " ", List.of(), List.of(""), Arrays.asList("", " "));
    }

    @Test
    void aloneItDecidesByTheDefaults() {
        assertThat(InheritedSettings.of(Map.of(), Optional.empty()))
                .isEqualTo(AdmissionConfig.of(new ComponentModel(), problem -> {}));
    }

    @Test
    void theConsoleWritesNoDefaultThatWouldGoBeforeThePolicy() {
        assertThat(InheritedSettings.PROPERTIES)
                .extracting(ProviderConfigProperty::getName)
                .containsExactlyElementsOf(
                        AdmissionConfig.SETTINGS.stream().map(Setting::key).toList());
        assertThat(InheritedSettings.PROPERTIES).allSatisfy(property -> {
            assertThat(property.getDefaultValue()).isNull();
            assertThat(property.getType()).isNotEqualTo(ProviderConfigProperty.BOOLEAN_TYPE);
        });
    }
}
