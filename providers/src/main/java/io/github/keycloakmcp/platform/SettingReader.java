package io.github.keycloakmcp.platform;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.keycloakmcp.rule.Refusal;
import org.keycloak.models.Constants;

/**
 * Reads the text of one setting.
 *
 * @param <T> what it is read as
 */
@FunctionalInterface
interface SettingReader<T> {

    /**
     * Reads a text.
     *
     * @param invalid receives each entry that is ignored because it is malformed
     */
    T read(String text, Consumer<String> invalid);

    static SettingReader<List<String>> list(String separator) {
        return (text, invalid) -> Arrays.stream(text.split(separator))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    static SettingReader<Map<String, String>> pairs() {
        return (text, invalid) -> {
            Map<String, String> pairs = new LinkedHashMap<>();
            for (String entry : List.of(text.split(Constants.CFG_DELIMITER, -1))) {
                List<String> words = List.of(entry.strip().split("\\s+", -1));
                if (words.size() == 2) {
                    pairs.putIfAbsent(words.get(0), words.get(1));
                } else if (!entry.isBlank()) {
                    invalid.accept("not two words separated by a space: " + Refusal.excerpt(entry));
                }
            }
            return Map.copyOf(pairs);
        };
    }

    static SettingReader<String> choice(List<String> options) {
        return (text, invalid) -> {
            if (options.contains(text)) {
                return text;
            }
            invalid.accept("not one of " + String.join(", ", options) + ": " + Refusal.excerpt(text));
            return options.get(0);
        };
    }

    static SettingReader<Boolean> flag() {
        return (text, invalid) -> {
            if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
                invalid.accept("not true or false: " + Refusal.excerpt(text));
            }
            return Boolean.parseBoolean(text);
        };
    }

    static SettingReader<Integer> number(int defaultValue) {
        return (text, invalid) -> {
            if (text.matches("\\d{1,9}")) {
                return Integer.parseInt(text);
            }
            invalid.accept("not a whole number from 0 to 999999999: " + Refusal.excerpt(text));
            return defaultValue;
        };
    }
}
