package io.github.keycloakmcp.rule.resource;

import java.util.Set;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * What a token opens, right after it was bound and right before it is sent. An extension that runs in between can write what it
 * likes into the token; without this rule it could open another MCP server than the one that the user approved.
 *
 * @param audience for whom it is
 * @param scopes what it allows there
 * @param granted the servers that its refresh token carries; empty for a token without one
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8707#section-2.2">RFC 8707, section 2.2</a>
 */
public record BoundToken(Set<String> audience, Set<String> scopes, Set<String> granted) {

    /** A token that was never bound, because another extension has taken the place of the provider that binds. */
    public static final BoundToken NONE = new BoundToken(Set.of(), Set.of(), Set.of());

    private static final Refusal CHANGED = new Refusal(
                    RefusalCode.BINDING_CHANGED,
                    "temporarily_unavailable",
                    "tokens for MCP servers cannot be issued: another extension of this authorization server changes their "
                            + "audience or adds scopes",
                    "another extension changed a bound token, or took the place of the provider that binds it",
                    "RFC 8707 section 2.2")
            .withStatus(503);

    public BoundToken {
        audience = Set.copyOf(audience);
        scopes = Set.copyOf(scopes);
        granted = Set.copyOf(granted);
    }

    /** Allows a token that is for the same as when it was bound, with the same scopes or fewer. */
    public Verdict<BoundToken> sentAs(BoundToken sent) {
        return !audience.isEmpty()
                        && audience.equals(sent.audience)
                        && granted.equals(sent.granted)
                        && scopes.containsAll(sent.scopes)
                ? Verdict.allowed(sent)
                : Verdict.refused(CHANGED);
    }
}
