package io.github.keycloakmcp.rule.fetch;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * How long an answer counts: as its HTTP headers say, inside of bounds, so that no host makes the server ask at every
 * login, and none is believed for ever.
 *
 * @param shortest the least, also for answers that must not be stored
 * @param longest the most
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9111#section-4.2">RFC 9111, section 4.2</a>
 */
public record CacheBounds(Duration shortest, Duration longest) {

    /** For answers that say nothing. */
    static final Duration UNSAID = Duration.ofHours(1);

    /** How long an answer with these headers counts; header names in lower case. */
    public Duration lifetime(Map<String, String> headers) {
        Duration lifetime = said(headers);
        Duration bounded = lifetime.compareTo(longest) > 0 ? longest : lifetime;
        return bounded.compareTo(shortest) < 0 ? shortest : bounded;
    }

    private static Duration said(Map<String, String> headers) {
        Map<String, String> directives = directives(headers.getOrDefault("cache-control", ""));
        if (directives.containsKey("no-store") || directives.containsKey("no-cache")) {
            return Duration.ZERO;
        }
        String age = directives.getOrDefault("s-maxage", directives.get("max-age"));
        if (age != null) {
            return seconds(age).minus(seconds(headers.getOrDefault("age", "0")));
        }
        String expires = headers.get("expires");
        if (expires == null) {
            return UNSAID;
        }
        // Without a date of its own the answer is as old as it looks; an unreadable date counts as past.
        Instant date = instant(headers.get("date")).orElseGet(Instant::now);
        return instant(expires).map(end -> Duration.between(date, end)).orElse(Duration.ZERO);
    }

    private static Map<String, String> directives(String header) {
        Map<String, String> directives = new HashMap<>();
        for (String directive : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = directive.strip().split("=", 2);
            directives.putIfAbsent(parts[0].strip(), parts.length < 2 ? "" : parts[1].strip());
        }
        return directives;
    }

    private static Duration seconds(String written) {
        String digits = written.replace("\"", "").strip();
        if (!digits.matches("\\d+")) {
            return Duration.ZERO;
        }
        return Duration.ofSeconds(digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits));
    }

    private static Optional<Instant> instant(@Nullable String date) {
        try {
            return Optional.ofNullable(date)
                    .map(text -> ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
