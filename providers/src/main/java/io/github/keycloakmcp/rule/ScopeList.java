package io.github.keycloakmcp.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

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
        List<String> names = split(scope);
        return switch (names.size()) {
            case 0 -> Set.of();
            case 1 -> Set.of(names.get(0));
            default -> Set.copyOf(names);
        };
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
        List<String> names = split(scope);
        names.removeIf(wanted.negate());
        return String.join(BLANK, names);
    }

    /** Without a stream or an expression: every token request comes by here several times. */
    private static List<String> split(@Nullable String scope) {
        List<String> names = new ArrayList<>();
        int length = scope == null ? 0 : scope.length();
        for (int begin = 0; scope != null && begin < length; ) {
            int end = scope.indexOf(BLANK, begin);
            int next = end < 0 ? length : end;
            if (next > begin) {
                names.add(scope.substring(begin, next));
            }
            begin = next + 1;
        }
        return names;
    }
}
