package io.github.keycloakmcp.rule.consent;

import io.github.keycloakmcp.rule.InvisibleCharacter;

/**
 * Text of a client as it may stand on a page: bounded, on one line, without the characters that change how the text around
 * them is read. Registration refuses most of this; an administrator's client, or one from before, may have it.
 */
public final class ShownText {

    private ShownText() {}

    /** The first {@code most} characters that can be shown, with an ellipsis if there are more; possibly empty. */
    public static String of(String text, int most) {
        StringBuilder shown = new StringBuilder();
        int count = 0;
        int marks = 0;
        boolean blank = true;
        for (int c : text.codePoints().limit(100L * most).toArray()) {
            if (isBlank(c)) {
                blank = true;
                continue;
            }
            marks = InvisibleCharacter.isMark(c) ? marks + 1 : 0;
            if (InvisibleCharacter.is(c) || marks > InvisibleCharacter.MAX_MARKS) {
                continue;
            }
            if (blank && count > 0) {
                shown.append(' ');
                count++;
            }
            if (count >= most) {
                return shown.toString().strip() + '\u2026';
            }
            shown.appendCodePoint(c);
            count++;
            blank = false;
        }
        return shown.toString();
    }

    /** What looks like nothing: white space, line ends, and the letters that are blank. */
    private static boolean isBlank(int c) {
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> Character.isWhitespace(c) || "\u115f\u1160\u2800\u3164\uffa0".indexOf(c) >= 0;
        };
    }
}
