package io.github.keycloakmcp.rule.resource;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.ScopeList;
import io.github.keycloakmcp.rule.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What a token opens, right after it was bound and right before it is sent. An extension that runs in between can write what it
 * likes into the token; without this rule it could open another MCP server than the one that the user approved.
 *
 * @param audience for whom it is
 * @param scope what it allows there, with blanks in between
 * @param granted the servers that its refresh token carries; empty for a token without one
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8707#section-2.2">RFC 8707, section 2.2</a>
 */
public record BoundToken(List<String> audience, @Nullable String scope, List<String> granted) {

    /** A token that was never bound, because another extension has taken the place of the provider that binds. */
    public static final BoundToken NONE = new BoundToken(List.of(), null, List.of());

    private static final Refusal CHANGED = new Refusal(
                    RefusalCode.BINDING_CHANGED,
                    "temporarily_unavailable",
                    "tokens for MCP servers cannot be issued: another extension of this authorization server changes their "
                            + "audience or adds scopes",
                    "another extension changed a bound token, or took the place of the provider that binds it",
                    "RFC 8707 section 2.2")
            .withStatus(503);

    public BoundToken {
        audience = List.copyOf(audience);
        granted = List.copyOf(granted);
    }

    /** Allows a token that is for the same as when it was bound, with the same scopes or fewer. */
    public Verdict<BoundToken> sentAs(BoundToken sent) {
        return !audience.isEmpty()
                        && sameWords(audience, sent.audience)
                        && sameWords(granted, sent.granted)
                        && (Objects.equals(scope, sent.scope)
                                || ScopeList.names(scope).containsAll(ScopeList.names(sent.scope)))
                ? Verdict.allowed(sent)
                : Verdict.refused(CHANGED);
    }

    /** In any order; most tokens are sent exactly as they were bound. */
    private static boolean sameWords(List<String> bound, List<String> sent) {
        return bound.equals(sent) || new HashSet<>(bound).equals(new HashSet<>(sent));
    }
}
