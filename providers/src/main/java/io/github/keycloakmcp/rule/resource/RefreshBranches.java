package io.github.keycloakmcp.rule.resource;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The refresh tokens that one refresh token yielded when it was sent twice within the grace. A client goes on with one of
 * them; using it ends the other one. Without this both live on when they are used within the same second, because
 * Keycloak compares whole seconds, and a stolen token could be refreshed beside the client's own.
 *
 * @param used the id of the refresh token that was used last
 * @param successors the ids of the refresh tokens that it yielded
 * @param ended the ids of the refresh tokens that are over, the newest first
 */
public record RefreshBranches(String used, List<String> successors, List<String> ended) {

    /** More ended branches than one second can yield; an older one is over by its time of issue. */
    private static final int MOST_ENDED = 8;

    private static final String PART = "|";
    private static final String ID = " ";

    public RefreshBranches {
        successors = List.copyOf(successors);
        ended = List.copyOf(ended);
    }

    /** What {@code text} says; nothing is known yet where there is none. */
    public static RefreshBranches parse(@Nullable String text) {
        List<String> parts = text == null ? List.of() : Arrays.asList(text.split("\\" + PART, -1));
        return parts.size() == 3
                ? new RefreshBranches(parts.get(0), ids(parts.get(1)), ids(parts.get(2)))
                : new RefreshBranches("", List.of(), List.of());
    }

    /** These branches as one text. */
    public String text() {
        return String.join(PART, used, String.join(ID, successors), String.join(ID, ended));
    }

    /** Tells whether the refresh token {@code id} is over because the other branch was used. */
    public boolean isEnded(String id) {
        return ended.contains(id);
    }

    /**
     * The branches after the refresh token {@code id} has yielded {@code successor}: used twice, it has two successors; used
     * for the first time, it ends the branches beside it.
     */
    public RefreshBranches after(String id, String successor) {
        if (id.equals(used)) {
            return new RefreshBranches(
                    used,
                    Stream.concat(successors.stream(), Stream.of(successor))
                            .distinct()
                            .toList(),
                    ended);
        }
        Stream<String> others = successors.contains(id)
                ? successors.stream().filter(branch -> !Objects.equals(branch, id))
                : Stream.empty();
        return new RefreshBranches(
                id,
                List.of(successor),
                Stream.concat(others, ended.stream()).limit(MOST_ENDED).toList());
    }

    private static List<String> ids(String part) {
        return Arrays.stream(part.split(ID)).filter(id -> !id.isEmpty()).toList();
    }
}
