package io.github.keycloakmcp.house;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

import io.github.keycloakmcp.settings.ConsoleTexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderConfigProperty;

import static org.assertj.core.api.Assertions.assertThat;

/** A setting whose label or help text is missing in a language fails the build. */
class ConsoleTextsTest {

    private static final List<ProviderConfigProperty> SETTINGS = Services.factories().values().stream()
            .flatMap(Collection::stream)
            .filter(factory -> factory.getId().startsWith("mcp-"))
            .filter(ConfiguredProvider.class::isInstance)
            .map(ConfiguredProvider.class::cast)
            .flatMap(provider -> provider.getConfigProperties().stream())
            .toList();

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es", "ja", "zh-CN", "zh-Hans"})
    void everyLabelAndHelpTextIsTranslated(String language) {
        Properties texts = in(language);
        assertThat(SETTINGS).hasSizeGreaterThan(40);
        for (ProviderConfigProperty setting : SETTINGS) {
            assertThat(texts).as(setting.getName()).containsKeys(setting.getLabel(), setting.getHelpText());
        }
        assertThat(texts.values()).noneMatch(text -> text.toString().contains("#"));
    }

    @Test
    void defaultsAndNamesStayInTheTranslation() {
        assertThat(in("de").values().stream().map(Object::toString))
                .anyMatch(text -> text.endsWith("Wenn leer, gilt 86400."))
                .anyMatch(text -> text.contains("chatgpt, claude, claude-code"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh-Hant", "it"})
    void otherLanguagesStayEnglish(String language) {
        assertThat(in(language)).isEmpty();
    }

    private static Properties in(String language) {
        return ConsoleTexts.of(SETTINGS).getMessages("messages", Locale.forLanguageTag(language));
    }
}
