package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is left of a name when everything goes that a reader overlooks: case, spaces and punctuation, symbols, accents, the
 * many forms of one letter in Unicode, and characters that look like another one in most typefaces. Two names with one
 * skeleton are the same name to a user who reads a consent page.
 *
 * <p>A part in parentheses is left out: programs put there which server they are for. So is a word at the beginning or end
 * that only says that the name is to be believed.
 *
 * @see Confusables
 */
final class NameSkeleton {

    static final int MAX_NAME = 255;

    /** Symbols that may be taken for an l, or for nothing. */
    private static final String STROKES = "/\\!\u00a1\u2044\u2215\u2571\u2758\u2759\u29f8\u29f9\u4e28\uff0f\uff3c";

    /** Symbols whose decomposition has letters that are no part of a name. */
    private static final String TRADE_MARKS = "\u2120\u2122\u00ae\u00a9\u24b8\u24c7";

    private static final List<String> PRAISE = Stream.of("verified", "official", "trusted", "genuine", "secure")
            .map(word -> of(word, ""))
            .toList();

    private NameSkeleton() {}

    /** The skeleton, with strokes left out. */
    static String of(String name) {
        return withoutPraise(of(name, ""));
    }

    /** The skeletons of both ways to read a stroke. */
    static Set<String> all(String name) {
        return hasStroke(name)
                ? Stream.of(of(name), withoutPraise(of(name, "l"))).collect(Collectors.toUnmodifiableSet())
                : Set.of(of(name));
    }

    private static boolean hasStroke(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (STROKES.indexOf(name.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Without streams: a name is read several times at each registration. */
    private static String of(String name, String stroke) {
        StringBuilder letters = new StringBuilder();
        int read = 0;
        for (int i = 0; i < name.length() && read < MAX_NAME; read++) {
            int c = name.codePointAt(i);
            if (STROKES.indexOf(c) >= 0) {
                letters.append(stroke);
            } else if (TRADE_MARKS.indexOf(c) < 0) {
                letters.append(Confusables.read(c));
            }
            i += Character.charCount(c);
        }
        String decomposed = letters.toString().strip();
        int parenthesis = decomposed.indexOf('(');
        String plain = parenthesis > 0 ? decomposed.substring(0, parenthesis) : decomposed;
        // Of some letters only the small form looks like a Latin one.
        String small = plain.toLowerCase(Locale.ROOT);
        StringBuilder latin = new StringBuilder();
        for (int i = 0; i < small.length(); i += Character.charCount(small.codePointAt(i))) {
            addLettersAndDigits(latin, Confusables.read(small.codePointAt(i)));
        }
        return latin.toString()
                .toLowerCase(Locale.ROOT)
                .replace('0', 'o')
                .replace('1', 'l')
                .replace('i', 'l')
                .replace("rn", "m")
                .replace("w", "uu")
                .replace('v', 'u');
    }

    private static void addLettersAndDigits(StringBuilder text, String read) {
        for (int i = 0; i < read.length(); i += Character.charCount(read.codePointAt(i))) {
            if (Character.isLetterOrDigit(read.codePointAt(i))) {
                text.appendCodePoint(read.codePointAt(i));
            }
        }
    }

    /** Takes off such words from both ends until none is left: no app is more verified for saying it twice. */
    private static String withoutPraise(String skeleton) {
        String plain = skeleton;
        String before = "";
        while (!before.equals(plain)) {
            before = plain;
            for (String word : PRAISE) {
                plain = plain.endsWith(word) && plain.length() > word.length()
                        ? plain.substring(0, plain.length() - word.length())
                        : plain;
                plain = plain.startsWith(word) && plain.length() > word.length()
                        ? plain.substring(word.length())
                        : plain;
            }
        }
        return plain;
    }
}
