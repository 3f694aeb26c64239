package io.github.keycloakmcp.rule.registration;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides which scopes a client gets. Real clients ask at authorization for scopes they did not register, register with
 * everything the metadata advertises, or name scopes of another vendor; each of these fails on a server that takes the
 * registered {@code scope} literally.
 *
 * <p>So every client gets the forced scopes and the realm's default scopes as defaults, and every scope that the realm
 * offers to new clients as optional, with the own scopes of MCP servers that it names. What it asked for beyond these is
 * dropped, never granted, and the response says so.
 *
 * @param realmDefaults the realm's default client scopes
 * @param realmOptional the realm's optional client scopes
 * @param forced scopes that every MCP client gets as default
 * @param advertised the scopes that the realm's metadata lists in {@code scopes_supported}
 * @param offered the own scopes of MCP servers, which a client gets as optional scopes if it names them
 */
public record ScopeRule(
        Set<String> realmDefaults,
        Set<String> realmOptional,
        Set<String> forced,
        Set<String> advertised,
        Set<String> offered) {

    /** A protocol switch rather than a client scope: always usable, never assigned (OpenID Connect Core 3.1.2.1). */
    private static final String OPENID = "openid";

    public ScopeRule {
        realmDefaults = Set.copyOf(realmDefaults);
        realmOptional = Set.copyOf(realmOptional);
        forced = Set.copyOf(forced);
        advertised = Set.copyOf(advertised);
        offered = Set.copyOf(offered);
    }

    /** The rule for a realm whose MCP servers have no own scopes. */
    public ScopeRule(Set<String> realmDefaults, Set<String> realmOptional, Set<String> forced, Set<String> advertised) {
        this(realmDefaults, realmOptional, forced, advertised, Set.of());
    }

    /**
     * Assigns scopes.
     *
     * @param requested what the client names as its scope; empty where the client named none
     */
    public AssignedScopes assign(Collection<String> requested) {
        Set<String> defaults = new TreeSet<>(realmDefaults);
        defaults.addAll(forced);
        Set<String> optional = new TreeSet<>(requested);
        optional.retainAll(offered);
        optional.addAll(realmOptional);
        optional.removeAll(defaults);
        return new AssignedScopes(
                List.copyOf(defaults), List.copyOf(optional), reported(requested, defaults, optional));
    }

    private List<String> reported(Collection<String> requested, Set<String> defaults, Set<String> optional) {
        Set<String> usable = new TreeSet<>(defaults);
        usable.addAll(optional);
        usable.add(OPENID);
        Set<String> reported = new LinkedHashSet<>(requested.isEmpty() ? usable : requested);
        reported.retainAll(requested.isEmpty() ? advertised : usable);
        reported.addAll(new TreeSet<>(forced));
        return List.copyOf(reported);
    }
}
