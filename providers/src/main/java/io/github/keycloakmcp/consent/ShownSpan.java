package io.github.keycloakmcp.consent;

import java.util.Locale;
import java.util.Map;

import io.github.keycloakmcp.rule.consent.Span;

/** A span of time as the page shows it. */
final class ShownSpan {

    private ShownSpan() {}

    static Map<String, Object> of(Span span) {
        return Map.of("count", span.count(), "unit", span.unit().name().toLowerCase(Locale.ROOT));
    }
}
