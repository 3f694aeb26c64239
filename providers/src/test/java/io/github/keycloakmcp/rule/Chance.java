package io.github.keycloakmcp.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Draws the parts of a generated case. */
public final class Chance {

    /** What programs stumble over: ends of ranges, surrogates, invisible, wide and look-alike characters. */
    private static final String TRICKY = "\u0000\u0001\u001f\u007f\u0080\u0085\u00a0\u00ff\u0131\u0130\u0378\u0430"
            + "\u200b\u200d\u2028\u202e\u2066\u3002\ud7ff\ud800\udbff\udc00\udfff\ue000\ufeff\uff0f\ufffe\uffff";

    private final Random random;

    Chance(Random random) {
        this.random = random;
    }

    /** A number from 0 up to {@code most}. */
    public int upTo(int most) {
        return random.nextInt(most + 1);
    }

    /** One of {@code values}. */
    @SafeVarargs
    public final <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** One of {@code values}. */
    public <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Up to {@code most} draws. */
    public <T> List<T> list(int most, Supplier<T> draw) {
        List<T> drawn = new ArrayList<>();
        int size = upTo(most);
        for (int i = 0; i < size; i++) {
            drawn.add(draw.get());
        }
        return drawn;
    }

    /** Any of {@code values}, each as likely as not. */
    public <T> Set<T> subset(List<T> values) {
        Set<T> drawn = new HashSet<>();
        for (T value : values) {
            if (random.nextBoolean()) {
                drawn.add(value);
            }
        }
        return drawn;
    }

    /** Up to {@code most} draws, one after the other. */
    public String joined(int most, Supplier<String> draw) {
        return String.join("", list(most, draw));
    }

    /** A text of up to {@code most} characters of every kind, unpaired surrogates among them. */
    public String text(int most) {
        int kind = upTo(3);
        return joined(most, () -> character(kind < 3 ? kind : upTo(2)));
    }

    private String character(int kind) {
        return switch (kind) {
            case 0 -> "" + (char) (0x20 + upTo(0x5e));
            case 1 -> "" + TRICKY.charAt(upTo(TRICKY.length() - 1));
            default -> Character.toString(upTo(Character.MAX_CODE_POINT));
        };
    }
}
