package io.github.keycloakmcp.rule.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The clients that act for the user of a token, the present one outermost. Without it an MCP server sees the user only, and
 * nothing tells a call of the user's own client from a call of an agent that another agent has called.
 *
 * @param claim the claim {@code act}; empty where no client acts for the user but the one that the user logged in to
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-4.1">RFC 8693, section 4.1</a>
 */
public record ActorChain(Map<String, Object> claim) {

    /** More actors than a sensible chain of agents has; without a bound, two agents that call each other fill the token. */
    public static final int LONGEST = 5;

    /** No actor. */
    public static final ActorChain NONE = new ActorChain(Map.of());

    private static final String ACT = "act";
    private static final String SUBJECT = "sub";
    private static final String CLIENT = "client_id";

    /**
     * A client that acts for a user.
     *
     * @param subject the {@code sub} of its own tokens: its service account, or else its client id
     * @param clientId its client id
     */
    public record Actor(String subject, String clientId) {

        /** Tells whether {@code act} or {@code may_act} names this client. */
        boolean isNamedBy(Map<?, ?> claim) {
            return subject.equals(claim.get(SUBJECT)) || clientId.equals(claim.get(SUBJECT));
        }
    }

    public ActorChain {
        claim = Map.copyOf(claim);
    }

    /** Reads the claim {@code act} of a token. */
    public static Verdict<ActorChain> read(@Nullable Object act) {
        int length = 0;
        for (Object link = act; link != null; link = ((Map<?, ?>) link).get(ACT)) {
            boolean named = link instanceof Map<?, ?> members
                    && members.get(SUBJECT) instanceof String subject
                    && !subject.isBlank();
            if (!named || ++length > LONGEST) {
                return Verdict.refused(refusal(named));
            }
        }
        return Verdict.allowed(act instanceof Map<?, ?> outermost ? new ActorChain(copy(outermost)) : NONE);
    }

    /** The chain with one more actor in front; the same, if that one is in front already. */
    public Verdict<ActorChain> then(Actor actor) {
        if (actor.isNamedBy(claim)) {
            return Verdict.allowed(this);
        }
        if (actors().size() >= LONGEST) {
            return Verdict.refused(refusal(true));
        }
        Map<String, Object> longer = new LinkedHashMap<>();
        longer.put(SUBJECT, actor.subject());
        longer.put(CLIENT, actor.clientId());
        if (!claim.isEmpty()) {
            longer.put(ACT, claim);
        }
        return Verdict.allowed(new ActorChain(longer));
    }

    /** The client ids of the actors, the present one first; where there is none, the {@code sub}. */
    public List<String> actors() {
        List<String> actors = new ArrayList<>();
        for (Object link = claim.isEmpty() ? null : claim; link instanceof Map<?, ?> members; link = members.get(ACT)) {
            Object clientId = members.get(CLIENT);
            actors.add(String.valueOf(clientId instanceof String ? clientId : members.get(SUBJECT)));
        }
        return actors;
    }

    private static Map<String, Object> copy(Map<?, ?> members) {
        Map<String, Object> copy = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            if (value != null) {
                copy.put(String.valueOf(name), value);
            }
        });
        return copy;
    }

    private static Refusal refusal(boolean tooLong) {
        return new Refusal(
                RefusalCode.DELEGATION_ACTOR_REFUSED,
                "invalid_request",
                tooLong
                        ? "subject_token: at most " + LONGEST + " clients can act for a user, one behind the other"
                        : "subject_token: the claim act must be an object with the text sub",
                tooLong ? "the chain of actors in the claim act is too long" : "malformed claim act",
                "RFC 8693 section 4.1");
    }
}
