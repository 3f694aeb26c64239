package io.github.keycloakmcp.rule;

/**
 * Characters that a page does not show, or shows as nothing, though some of them are letters: a name with one of them is
 * another name to the server and the same one to a reader.
 *
 * @see <a href="https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point">Unicode Standard Annex 44,
 *     Default_Ignorable_Code_Point</a>
 */
public final class InvisibleCharacter {

    /** Accents that one letter may carry; more of them run over the lines above and below. */
    public static final int MAX_MARKS = 2;

    /** First and last of each range: Hangul fillers, blank symbols, vowels without a form, variation selectors. */
    private static final int[] BLANK = {
        0x034f, 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180f, 0x2800, 0x2800, 0x3164, 0x3164, 0xfe00, 0xfe0e,
        0xffa0, 0xffa0, 0x16fe4, 0x16fe4, 0x1d159, 0x1d159, 0xe0100, 0xe01ef
    };

    private InvisibleCharacter() {}

    /** Tells whether the character is shown as nothing. The selector of coloured emoji is not among them. */
    public static boolean is(int c) {
        for (int i = 0; i < BLANK.length; i += 2) {
            if (c >= BLANK[i] && c <= BLANK[i + 1]) {
                return true;
            }
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** Tells whether the character stands on the one before it. */
    public static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }
}
