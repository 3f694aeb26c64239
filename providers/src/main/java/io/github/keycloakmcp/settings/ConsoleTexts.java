package io.github.keycloakmcp.settings;

import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.McpProviderFactory;
import io.github.keycloakmcp.platform.ProviderIds;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy;
import org.keycloak.theme.ThemeResourceProvider;
import org.keycloak.theme.ThemeResourceProviderFactory;

/**
 * Labels and help texts of this extension's settings in the languages of the admin console. The console looks each up under
 * its English text; without this class administrators read English between texts in their own language.
 */
public final class ConsoleTexts
        implements ThemeResourceProvider, ThemeResourceProviderFactory, McpProviderFactory<ThemeResourceProvider> {

    /** The bundle that the admin console loads. */
    private static final String BUNDLE = "messages";

    private static final String OURS = "mcp-";

    private final Map<String, Properties> known = new ConcurrentHashMap<>();
    private List<String> english = List.of();

    /** The texts of these settings. */
    public static ConsoleTexts of(List<ProviderConfigProperty> settings) {
        ConsoleTexts texts = new ConsoleTexts();
        texts.english = settings.stream()
                .flatMap(setting -> Stream.of(setting.getLabel(), setting.getHelpText()))
                .distinct()
                .toList();
        return texts;
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        english = of(Stream.<Class<? extends Provider>>of(
                                ProtocolMapper.class,
                                ClientRegistrationPolicy.class,
                                ClientPolicyExecutorProvider.class)
                        .flatMap(factory::getProviderFactoriesStream)
                        .filter(provider -> provider.getId().startsWith(OURS))
                        .filter(ConfiguredProvider.class::isInstance)
                        .flatMap(provider -> ((ConfiguredProvider) provider).getConfigProperties().stream())
                        .toList())
                .english;
    }

    @Override
    public Properties getMessages(String bundle, Locale locale) {
        // Kept by language, of which there are few: a stranger can ask the console's texts for any locale.
        return Optional.of(locale)
                .filter(any -> BUNDLE.equals(bundle))
                .flatMap(ConsolePhrases::language)
                .map(language -> known.computeIfAbsent(language, this::translated))
                .orElseGet(Properties::new);
    }

    private Properties translated(String language) {
        Properties translated = new Properties();
        ConsolePhrases phrases = ConsolePhrases.in(language);
        english.forEach(text -> phrases.translate(text).ifPresent(other -> translated.setProperty(text, other)));
        return translated;
    }

    @Override
    public @Nullable URL getTemplate(String name) {
        return null;
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String path) {
        return null;
    }

    @Override
    public ThemeResourceProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public String getId() {
        return ProviderIds.CONSOLE_TEXTS;
    }

    @Override
    public void close() {}
}
