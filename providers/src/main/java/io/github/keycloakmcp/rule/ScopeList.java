package io.github.keycloakmcp.rule;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Scopes as requests and tokens write them, with blanks between them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749, section 3.3</a>
 */
public final class ScopeList {

    private static final String BLANK = " ";

    private ScopeList() {}

    /** Returns the scopes of a list; none where there is no list. */
    public static Set<String> names(@Nullable String scope) {
        return split(scope).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the list without these scopes, in the same order. */
    public static String without(@Nullable String scope, Set<String> leftOut) {
        return filtered(scope, one -> !leftOut.contains(one));
    }

    /** Returns what of the list is among these scopes, in the same order. */
    public static String only(@Nullable String scope, Set<String> kept) {
        return filtered(scope, kept::contains);
    }

    private static String filtered(@Nullable String scope, Predicate<String> wanted) {
        return split(scope).filter(wanted).collect(Collectors.joining(BLANK));
    }

    private static Stream<String> split(@Nullable String scope) {
        return scope == null ? Stream.of() : Stream.of(scope.split(BLANK)).filter(one -> !one.isEmpty());
    }
}
