package io.github.keycloakmcp.rule.consent;

/**
 * A length of time as people say it, in one unit.
 *
 * @param count how many
 * @param unit of what
 */
public record Span(long count, Unit unit) {

    /** The units that the pages have words for. */
    public enum Unit {
        MINUTES(60),
        HOURS(3_600),
        DAYS(86_400);

        private final long seconds;

        Unit(long seconds) {
            this.seconds = seconds;
        }
    }

    /** How long ago something was; never more than it really is. */
    public static Span ago(long seconds) {
        Unit unit = unit(seconds);
        return new Span(Math.max(0, seconds) / unit.seconds, unit);
    }

    /** How long something lasts at most; never less than it really does. */
    public static Span atMost(long seconds) {
        Unit unit = unit(seconds);
        return new Span((Math.max(0, seconds) + unit.seconds - 1) / unit.seconds, unit);
    }

    /** Up to two of the next unit are said in the smaller one, because it tells more. */
    private static Unit unit(long seconds) {
        if (seconds < 2 * Unit.HOURS.seconds) {
            return Unit.MINUTES;
        }
        return seconds < 2 * Unit.DAYS.seconds ? Unit.HOURS : Unit.DAYS;
    }
}
