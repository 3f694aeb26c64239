package io.github.keycloakmcp.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.keycloakmcp.rule.PackedProperties;

/**
 * Labels and help texts in one language. A text is translated phrase by phrase, because many settings end in the same
 * sentence about their empty value.
 *
 * @param phrases the phrases, longest first
 */
record ConsolePhrases(List<Phrase> phrases) {

    /** The languages, by the suffix of their file; English is in the code. */
    static final List<String> LANGUAGES = List.of("de", "fr", "es", "ja", "zh_CN");

    /** Stands for what differs from text to text. */
    private static final String VARIABLE = "#";

    /**
     * A phrase.
     *
     * @param english matches it at the beginning of a text
     * @param length how long it is
     * @param translated what it is in the other language
     */
    record Phrase(Pattern english, int length, String translated) {

        static Phrase of(String english, String translated) {
            int variable = english.indexOf(VARIABLE);
            String pattern = variable < 0
                    ? Pattern.quote(english)
                    : Pattern.quote(english.substring(0, variable)) + "(.+?)"
                            + Pattern.quote(english.substring(variable + 1));
            return new Phrase(Pattern.compile(pattern), english.length(), translated);
        }
    }

    ConsolePhrases {
        phrases = phrases.stream()
                .sorted(Comparator.comparingInt(Phrase::length).reversed())
                .toList();
    }

    /** The language of {@code locale}, one of {@link #LANGUAGES}; none where the texts stay English. */
    static Optional<String> language(Locale locale) {
        return LANGUAGES.stream()
                .filter(language -> language.substring(0, 2).equals(locale.getLanguage()))
                .filter(language -> !locale.getScript().equals("Hant"))
                .findFirst();
    }

    /** What {@code text} is in this language, unless a phrase of it is unknown. */
    Optional<String> translate(String text) {
        StringBuilder translated = new StringBuilder();
        String rest = text.strip();
        while (!rest.isEmpty()) {
            boolean known = false;
            for (Phrase phrase : phrases) {
                Matcher matcher = phrase.english().matcher(rest);
                if (matcher.lookingAt()) {
                    String variable = matcher.groupCount() == 0 ? "" : matcher.group(1);
                    append(translated, phrase.translated().replace(VARIABLE, variable));
                    rest = rest.substring(matcher.end()).strip();
                    known = true;
                    break;
                }
            }
            if (!known) {
                return Optional.empty();
            }
        }
        return Optional.of(translated.toString());
    }

    /** Japanese and Chinese have no blank between sentences. */
    private static void append(StringBuilder text, String phrase) {
        if (text.length() > 0 && text.charAt(text.length() - 1) != '。') {
            text.append(' ');
        }
        text.append(phrase);
    }

    /** The phrases of one of {@link #LANGUAGES}. */
    static ConsolePhrases in(String language) {
        String file = "console_" + language + ".properties";
        Properties properties = PackedProperties.beside(ConsolePhrases.class, file);
        return new ConsolePhrases(properties.stringPropertyNames().stream()
                .map(english -> Phrase.of(english, properties.getProperty(english)))
                .toList());
    }
}
