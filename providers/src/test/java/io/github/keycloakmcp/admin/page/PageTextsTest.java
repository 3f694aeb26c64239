package io.github.keycloakmcp.admin.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The admin page has every text in each language. */
class PageTextsTest {

    private static final Path SCRIPTS = Path.of("src/main/resources/io/github/keycloakmcp/admin/page");
    private static final Pattern USED = Pattern.compile("text\\('([\\w-]+)'");
    private static final Pattern VALUE = Pattern.compile("\\{\\d}");

    @ParameterizedTest
    @ValueSource(strings = {"de", "es", "fr", "ja", "zh_CN"})
    void eachLanguageHasEveryTextWithTheSameValues(String language) {
        assertThat(values(PageTexts.in(language))).isEqualTo(values(PageTexts.in("en")));
        assertThat(PageTexts.in(language).values()).noneMatch(String::isBlank);
    }

    @Test
    void everyTextThatThePageUsesIsThere() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String script : List.of("page", "session", "elements", "diagnosis", "servers", "clients", "approvals")) {
            USED.matcher(Files.readString(SCRIPTS.resolve(script + ".js")))
                    .results()
                    .forEach(found -> used.add(found.group(1)));
        }
        assertThat(PageTexts.in("en").keySet()).containsAll(used);
    }

    @ParameterizedTest
    @CsvSource({"en, en", "de, de", "de-AT, de", "zh-CN, zh_CN", "zh-Hans, zh_CN", "pt-BR, en", "und, en"})
    void aLanguageThatIsNotThereIsEnglish(String tag, String language) {
        assertThat(PageTexts.language(tag)).isEqualTo(language);
    }

    private static Map<String, Set<String>> values(Map<String, String> texts) {
        Map<String, Set<String>> values = new TreeMap<>();
        texts.forEach((key, text) -> values.put(
                key,
                new TreeSet<>(
                        VALUE.matcher(text).results().map(MatchResult::group).toList())));
        return values;
    }
}
