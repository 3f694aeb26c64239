package io.github.keycloakmcp.rule.consent;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import io.github.keycloakmcp.rule.ScopeList;

/**
 * What a user left out of the scopes that the consent page offered. A choice only ever narrows: what was not offered cannot be
 * selected, and what the page did not ask about stays.
 *
 * @param leftOut the offered scopes that the user did not select
 * @param nothing whether the user selected none of them and has none from before, which means no
 */
public record ScopeChoice(Set<String> leftOut, boolean nothing) {

    /** There was no choice, or everything was selected. */
    public static final ScopeChoice ALL = new ScopeChoice(Set.of(), false);

    public ScopeChoice {
        leftOut = Set.copyOf(leftOut);
    }

    /**
     * Reads the answer to a page.
     *
     * @param offered the scopes that the page offered
     * @param others whether the request has further scopes, which the user approved before and was not asked about
     * @param selected the scopes that were sent as selected
     */
    public static ScopeChoice of(Collection<String> offered, boolean others, Collection<String> selected) {
        Set<String> leftOut = new HashSet<>(offered);
        selected.forEach(leftOut::remove);
        boolean none =
                !offered.isEmpty() && leftOut.size() == Set.copyOf(offered).size();
        return new ScopeChoice(leftOut, none && !others);
    }

    /** Returns what is left of the scopes of a request, with blanks between them. */
    public String in(String scope) {
        return ScopeList.without(scope, leftOut);
    }
}
