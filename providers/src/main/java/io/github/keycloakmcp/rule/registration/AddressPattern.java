package io.github.keycloakmcp.rule.registration;

import java.util.regex.Pattern;

/** An address in the list of known clients: exact, or with {@code {id}} for any one segment of its path. */
final class AddressPattern {

    static final String ANY_SEGMENT = "{id}";

    /** Stands for the host of an installation. */
    static final String HOST = "{host}";

    /** One path segment, short enough that no address gets longer than a redirect URI may be. */
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private AddressPattern() {}

    /** Tells whether {@code address} is one that {@code pattern} stands for. */
    static boolean matches(String pattern, String address) {
        int segment = pattern.indexOf(ANY_SEGMENT);
        if (segment < 0) {
            return pattern.equals(address);
        }
        String before = pattern.substring(0, segment);
        String after = pattern.substring(segment + ANY_SEGMENT.length());
        int end = address.length() - after.length();
        return segment < end
                && address.startsWith(before)
                && address.endsWith(after)
                && SEGMENT.matcher(address).region(segment, end).matches();
    }

    /**
     * Tells whether one address can match both patterns. Where it can, each of the two clients would receive what is the
     * other's.
     */
    static boolean meet(String one, String other) {
        String[] left = one.split("/", -1);
        String[] right = other.split("/", -1);
        boolean meet = left.length == right.length;
        for (int i = 0; meet && i < left.length; i++) {
            meet = segmentsMeet(left[i], right[i]);
        }
        return meet;
    }

    private static boolean segmentsMeet(String one, String other) {
        int left = one.indexOf(ANY_SEGMENT);
        int right = other.indexOf(ANY_SEGMENT);
        if (left < 0 || right < 0) {
            return matches(one, other) || matches(other, one);
        }
        String endOfOne = one.substring(left + ANY_SEGMENT.length());
        String endOfOther = other.substring(right + ANY_SEGMENT.length());
        return one.regionMatches(0, other, 0, Math.min(left, right))
                && (endOfOne.endsWith(endOfOther) || endOfOther.endsWith(endOfOne));
    }
}
