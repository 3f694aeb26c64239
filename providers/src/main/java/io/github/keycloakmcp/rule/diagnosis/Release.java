package io.github.keycloakmcp.rule.diagnosis;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release of Keycloak, as three numbers; the first two are its line. */
record Release(int major, int minor, int patch) implements Comparable<Release> {

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6}).*");

    private static final Comparator<Release> ORDER = Comparator.comparingInt(Release::major)
            .thenComparingInt(Release::minor)
            .thenComparingInt(Release::patch);

    /** What a version says; a build of the main branch is no release. */
    static Optional<Release> of(String version) {
        Matcher numbers = NUMBERS.matcher(version);
        return numbers.matches()
                ? Optional.of(new Release(number(numbers, 1), number(numbers, 2), number(numbers, 3)))
                : Optional.empty();
    }

    /** Tells whether a fix is missing that came with {@code fixes}, one of each line. */
    boolean lacks(List<Release> fixes) {
        return fixes.stream().noneMatch(fix -> isOfLine(fix) && compareTo(fix) >= 0)
                && fixes.stream().anyMatch(fix -> compareTo(fix) < 0);
    }

    boolean isOfLine(Release other) {
        return major == other.major && minor == other.minor;
    }

    @Override
    public int compareTo(Release other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }

    private static int number(Matcher numbers, int group) {
        return Integer.parseInt(numbers.group(group));
    }
}
