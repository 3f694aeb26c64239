package io.github.keycloakmcp.rule.registration;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What is left of a name when everything goes that a reader overlooks: case, spaces and punctuation, accents, the many
 * forms of one letter in Unicode, and letters and digits that look like another one in most typefaces. Two names with
 * one skeleton are the same name to somebody who reads a consent page.
 *
 * <p>It covers Latin letters and their look-alikes in Cyrillic and Greek, not every confusable of Unicode. A part in
 * parentheses is left out: programs put there which server they are for.
 *
 * @see <a href="https://www.unicode.org/reports/tr39/#Confusable_Detection">Unicode Technical Standard 39, section 4</a>
 */
final class NameSkeleton {

    /** A letter and what is taken for it. */
    private static final String[] LOOK_ALIKES = {
        "aАаΑα", "bВвΒβ", "cСсϹϲ", "dԀԁ", "eЕеΕε", "gɡ", "hНнһΗ", "iІіΙιı", "jЈјϳ", "kКкΚκ", "lӀӏ1|ǀ", "mМмΜ", "nΝη",
        "oОоΟο0", "pРрΡρ", "qԚԛ", "sЅѕ", "tТтΤτ", "uυ", "vν", "wԜԝω", "xХхΧχ", "yУуΥγүҮ", "zΖ"
    };

    private static final Map<Integer, Integer> LETTERS = letters();

    static final int MAX_NAME = 255;

    private NameSkeleton() {}

    static String of(String name) {
        String bounded = name.substring(0, Math.min(name.length(), MAX_NAME));
        String decomposed = Normalizer.normalize(bounded, Normalizer.Form.NFKD).strip();
        int parenthesis = decomposed.indexOf('(');
        String plain = parenthesis > 0 ? decomposed.substring(0, parenthesis) : decomposed;
        return plain.codePoints()
                .map(c -> LETTERS.getOrDefault(c, c))
                .filter(Character::isLetterOrDigit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .toLowerCase(Locale.ROOT)
                .replace('i', 'l')
                .replace("rn", "m")
                .replace("vv", "w");
    }

    private static Map<Integer, Integer> letters() {
        Map<Integer, Integer> letters = new HashMap<>();
        for (String row : LOOK_ALIKES) {
            row.codePoints().skip(1).forEach(c -> letters.put(c, row.codePointAt(0)));
        }
        return Map.copyOf(letters);
    }
}
