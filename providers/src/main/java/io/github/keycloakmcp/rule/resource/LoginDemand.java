package io.github.keycloakmcp.rule.resource;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;

/**
 * What a scope demands of the login in which a user allows it. Without it, an attacker at an unlocked computer can have a client
 * get the scope.
 *
 * @param scope the scope
 * @param level the least level of authentication, as a number of Keycloak's; 0 for any
 * @param maxAge the most seconds since the user has logged in; 0 for any
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest">OpenID Connect Core, section 3.1.2.1</a>
 */
public record LoginDemand(String scope, int level, int maxAge) {

    /** The level of a scope whose setting names no level that the realm knows: no login reaches it. */
    public static final int UNKNOWN_LEVEL = Integer.MAX_VALUE;

    private static final String SECTION = "OpenID Connect Core section 3.1.2.1";

    /** Tells whether it demands anything. */
    public boolean isAny() {
        return level > 0 || maxAge > 0;
    }

    /** Returns the one with the highest level. */
    public static Optional<LoginDemand> highest(Collection<LoginDemand> demands) {
        return demands.stream().filter(demand -> demand.level > 0).max(Comparator.comparingInt(LoginDemand::level));
    }

    /** Tells whether a login of some seconds ago is too old for one of them. */
    public static boolean isTooOld(Collection<LoginDemand> demands, long seconds) {
        return demands.stream().anyMatch(demand -> demand.maxAge > 0 && seconds > demand.maxAge);
    }

    /** The client requests a lower level of authentication than its scope demands. */
    public Refusal lowerRequested() {
        return new Refusal(
                RefusalCode.LOGIN_TOO_WEAK,
                "invalid_request",
                "acr_values requests a lower level of authentication than scope " + Refusal.excerpt(scope)
                        + " requires",
                "acr_values, or the default ACR values of the client, are below the level of the scope " + scope,
                SECTION);
    }

    /** The user has logged in, and not in the way that the scope demands. */
    public Refusal notReached() {
        return new Refusal(
                RefusalCode.LOGIN_TOO_WEAK,
                "access_denied",
                "scope " + Refusal.excerpt(scope) + " requires a stronger login",
                level == UNKNOWN_LEVEL
                        ? "the level of authentication of the scope " + scope + " is not in the ACR to LoA mapping"
                        : "the login has not reached level of authentication " + level + " for the scope " + scope,
                SECTION);
    }

    /** The grant has no login in which the user could do so. */
    public Refusal withoutLogin() {
        return new Refusal(
                RefusalCode.SCOPE_NEEDS_LOGIN,
                "invalid_scope",
                "scope " + Refusal.excerpt(scope) + " requires a login of the user; use the authorization code grant",
                "grant without a login requests the scope " + scope,
                "RFC 6749 section 3.3");
    }
}
