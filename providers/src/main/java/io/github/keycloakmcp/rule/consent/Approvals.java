package io.github.keycloakmcp.rule.consent;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that one user has approved, oldest first. It is bounded: the oldest approval makes room for a new one, and costs
 * the user one question more.
 *
 * @param approvals each once
 */
public record Approvals(List<Approval> approvals) {

    /** More client and server pairs than anybody uses; at about 100 characters each, 20 KB with a user. */
    static final int MOST = 200;

    public Approvals {
        approvals = List.copyOf(approvals);
    }

    /** Reads what is kept with a user; what is no approval is left out. */
    public static Approvals parse(Stream<String> texts) {
        return new Approvals(
                texts.map(Approval::parse).flatMap(Optional::stream).toList());
    }

    /** What to keep with the user. */
    public List<String> texts() {
        return approvals.stream().map(Approval::text).toList();
    }

    /** Tells whether exactly this was approved: this client, under this consent, for this server. */
    public boolean hold(Approval approval) {
        return approvals.contains(approval);
    }

    /** With one more approval, and without those of the same client under a consent that was revoked since. */
    public Approvals and(Approval approval) {
        List<Approval> kept = Stream.concat(
                        approvals.stream()
                                .filter(other -> !other.equals(approval))
                                .filter(other ->
                                        !other.client().equals(approval.client()) || other.since() == approval.since()),
                        Stream.of(approval))
                .toList();
        return new Approvals(kept.subList(Math.max(0, kept.size() - MOST), kept.size()));
    }
}
