package io.github.keycloakmcp.house;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The pages: complete in every language, and with no way for a client's text to become anything but text. */
class ThemeTest {

    private static final Path THEME = Path.of("../themes/mcp/login");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)[,}]");

    /** A text that a template asks for by its whole name; one put together from parts ends in a dot here. */
    private static final Pattern TEXT_KEY = Pattern.compile("\"(mcp[A-Z][A-Za-z.]*)\"");

    /** Keycloak's own consent page, for clients outside MCP. */
    private static final Path KEYCLOAKS_PAGE = Path.of("keycloak-consent.ftl");

    /** What a client, or somebody who chose a user name, has written. */
    private static final Pattern FOREIGN = Pattern.compile(
            "\\$\\{(mcp\\.(client\\.(name|host)|destination\\.shown|user|server\\.\\w+)|parameter|message\\.summary)}");

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es", "ja", "zh_CN"})
    void everyLanguageSaysEverything(String language) {
        Properties english = texts("en");
        Properties texts = texts(language);
        assertThat(texts.keySet()).isEqualTo(english.keySet());
        texts.stringPropertyNames()
                .forEach(key -> assertThat(placeholders(texts.getProperty(key)))
                        .as(key)
                        .isEqualTo(placeholders(english.getProperty(key))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es", "ja", "zh_CN"})
    void everyTextIsAMessageFormatWithoutLostApostrophesOrMarkup(String language) {
        Properties texts = texts(language);
        texts.stringPropertyNames().forEach(key -> {
            String text = texts.getProperty(key);
            assertThat(text.replace("''", "")).as(key).isNotBlank().doesNotContain("'", "$", "&", "\\");
            assertThat(new MessageFormat(text, Locale.forLanguageTag(language.replace('_', '-')))
                            .format(new Object[] {1}))
                    .as(key)
                    .isNotBlank()
                    .doesNotContain("{", "}", "<");
        });
    }

    @Test
    void everyTextThatATemplateAsksForExists() {
        Set<String> known = texts("en").stringPropertyNames();
        Set<String> asked = templates()
                .flatMap(template -> TEXT_KEY.matcher(read(template)).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(asked)
                .hasSizeGreaterThan(20)
                .allSatisfy(key -> assertThat(known)
                        .anyMatch(text -> key.endsWith(".") ? text.startsWith(key) : text.equals(key)));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void noTemplateSwitchesEscapingOffOrCarriesCode(Path template) {
        assertThat(read(template).toLowerCase(Locale.ROOT))
                .doesNotContain("?no_esc", "noautoesc", "outputformat", "?interpret", "?eval", "<script", "<iframe")
                .doesNotContain("javascript:", " onclick", " onload", "style=");
    }

    @ParameterizedTest
    @MethodSource("templatesForMcpClients")
    void nothingOfAnMcpClientBecomesAnImageOrALink(Path template) {
        assertThat(read(template).toLowerCase(Locale.ROOT)).doesNotContain("<img", "logouri", "policyuri", "tosuri");
    }

    @ParameterizedTest
    @MethodSource("templates")
    void whatOthersHaveWrittenStandsAloneAndApart(Path template) {
        String text = read(template);
        List<MatchResult> foreign = FOREIGN.matcher(text).results().toList();
        assertThat(foreign)
                .allSatisfy(found -> assertThat(text.substring(0, found.start()))
                        .as(found.group())
                        .matches(Pattern.compile(".*<bdi( class=\"[a-z-]+\")?>", Pattern.DOTALL)));
        assertThat(text)
                .as("never an argument of a text")
                .doesNotContainPattern("msg\\([^)]*(mcp\\.(client|user)\\.(name|host)|shown)");
    }

    @Test
    void theRealmFileOffersTheLanguages() {
        String realm = read(Path.of("../realm-config/mcp-realm.json"));
        assertThat(realm.replaceAll("\\s", ""))
                .contains("\"supportedLocales\":[\"en\",\"de\",\"fr\",\"es\",\"ja\",\"zh-CN\"]");
    }

    static Stream<Path> templates() {
        try (Stream<Path> files = Files.list(THEME)) {
            return files.filter(file -> file.toString().endsWith(".ftl")).sorted().toList().stream();
        } catch (IOException e) {
            throw new AssertionError("no theme in " + THEME, e);
        }
    }

    static Stream<Path> templatesForMcpClients() {
        return templates().filter(template -> !template.endsWith(KEYCLOAKS_PAGE));
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static Properties texts(String language) {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(THEME.resolve("messages/messages_" + language + ".properties"))) {
            texts.load(reader);
        } catch (IOException e) {
            throw new AssertionError("no texts in " + language, e);
        }
        return texts;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }
}
