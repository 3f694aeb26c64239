package io.github.keycloakmcp.rule.registration;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;

import io.github.keycloakmcp.rule.PackedProperties;

/**
 * Characters of other alphabets, and symbols, that look like Latin letters and digits: those of Unicode Technical Standard 39
 * from the file {@code confusables.properties} beside this class, and some more that people have been shown.
 *
 * @see <a href="https://www.unicode.org/reports/tr39/#Confusable_Detection">Unicode Technical Standard 39, section 4</a>
 */
final class Confusables {

    private static final String FILE = "confusables.properties";

    /** A letter and what is taken for it: capitals without their own entry, small capitals, the micro sign. */
    private static final String[] MORE = {
        "aАаΑαᴀ", "bВвΒβʙ", "cСсϹϲ", "dԀԁᴅ", "eЕеΕεᴇє", "fꜰ", "gɡɢ", "hНнһΗʜ", "iІіΙιıɪ", "jЈјϳᴊ", "kКкΚκᴋ", "lӀӏ1|ǀʟ",
        "mМмΜᴍ", "nΝηɴп", "oОоΟο0ᴏ", "pРрΡρᴘ", "qԚԛ", "rʀгᴦ", "sЅѕꜱ", "tТтΤτᴛ", "uυμµцᴜ", "vνᴠ", "wԜԝωᴡшщ", "xХхΧχ",
        "yУуΥγүҮʏ", "zΖᴢ"
    };

    /** The characters before it decompose to themselves. Nearly all names have no others, and are read at each registration. */
    private static final int FIRST_DECOMPOSED = 0xA0;

    private static final String[] PLAIN =
            IntStream.range(0, FIRST_DECOMPOSED).mapToObj(Character::toString).toArray(String[]::new);

    private static final Map<Integer, String> LATIN = read();

    private Confusables() {}

    /** What a reader takes the character for; the character itself, decomposed, where that is nothing else. */
    static String read(int c) {
        String known = LATIN.get(c);
        if (known != null) {
            return known;
        }
        if (c < FIRST_DECOMPOSED) {
            return PLAIN[c];
        }
        StringBuilder letters = new StringBuilder();
        Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKD)
                .codePoints()
                .forEach(part -> letters.append(LATIN.getOrDefault(part, Character.toString(part))));
        return letters.toString();
    }

    /** Every character that is known to look like another, and what it is taken for. */
    static Map<Integer, String> all() {
        return LATIN;
    }

    private static Map<Integer, String> read() {
        Properties file = PackedProperties.beside(Confusables.class, FILE);
        Map<Integer, String> latin = new HashMap<>();
        for (String letters : file.stringPropertyNames()) {
            for (String range : file.getProperty(letters).split(" ", -1)) {
                String[] ends = range.split("-", -1);
                int last = Integer.parseInt(ends[ends.length - 1], 16);
                for (int c = Integer.parseInt(ends[0], 16); c <= last; c++) {
                    latin.put(c, letters);
                }
            }
        }
        for (String row : MORE) {
            row.codePoints().skip(1).forEach(c -> latin.put(c, row.substring(0, 1)));
        }
        return Map.copyOf(latin);
    }
}
