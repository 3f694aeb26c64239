package io.github.keycloakmcp.admin.page;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.github.keycloakmcp.rule.PackedProperties;

/** The texts of the admin page, in each language that the extension has. */
final class PageTexts {

    static final List<String> LANGUAGES = List.of("en", "de", "es", "fr", "ja", "zh_CN");

    private static final Map<String, Map<String, String>> TEXTS =
            LANGUAGES.stream().collect(Collectors.toUnmodifiableMap(UnaryOperator.identity(), PageTexts::read));

    private PageTexts() {}

    /** The language for a BCP 47 tag; English where there is no other. */
    static String language(String tag) {
        String primary = tag.split("-", 2)[0];
        return LANGUAGES.stream()
                .filter(language -> language.split("_", 2)[0].equals(primary))
                .findFirst()
                .orElse("en");
    }

    static Map<String, String> in(String language) {
        return Objects.requireNonNull(TEXTS.get(language), language);
    }

    private static Map<String, String> read(String language) {
        String file = "texts_" + language + ".properties";
        Properties texts = PackedProperties.beside(PageTexts.class, file);
        Map<String, String> sorted = new TreeMap<>();
        texts.stringPropertyNames().forEach(key -> sorted.put(key, texts.getProperty(key)));
        return sorted;
    }
}
