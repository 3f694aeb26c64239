package io.github.keycloakmcp.rule.consent;

import java.util.List;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A yes counts for one client, one consent and one server, and all of them together stay small. */
class ApprovalsTest {

    private static final Approvals NONE = new Approvals(List.of());
    private static final Approval YES = approval("client", 1_000, "https://a.example/mcp");

    @Test
    void holdsWhatWasApprovedAndNothingElse() {
        Approvals approvals = NONE.and(YES);
        assertThat(approvals.hold(YES)).isTrue();
        assertThat(approvals.hold(approval("client", 1_000, "HTTPS://A.example:443/mcp")))
                .isTrue();
        assertThat(approvals.hold(approval("client", 1_000, "https://b.example/mcp")))
                .isFalse();
        assertThat(approvals.hold(approval("client", 1_001, "https://a.example/mcp")))
                .isFalse();
        assertThat(approvals.hold(approval("other", 1_000, "https://a.example/mcp")))
                .isFalse();
    }

    @Test
    void readsWhatItWrote() {
        Approvals approvals = NONE.and(YES).and(approval("other", 2_000, "https://b.example/mcp"));
        assertThat(Approvals.parse(approvals.texts().stream())).isEqualTo(approvals);
    }

    @Test
    void fitsIntoAColumnOfADatabase() {
        Approval longest = approval("c".repeat(36), Long.MAX_VALUE, "https://a.example/" + "m".repeat(1_900));
        assertThat(NONE.and(longest).texts()).allMatch(text -> text.length() <= 255);
    }

    @Test
    void leavesOutWhatOthersWrote() {
        assertThat(Approvals.parse(
                        Stream.of("", "client", "client 1 x", "client -1 " + "x".repeat(43), "a b c d", "\u0000")))
                .isEqualTo(NONE);
    }

    @Test
    void forgetsWhatWasApprovedUnderARevokedConsent() {
        Approval renewed = approval("client", 2_000, "https://b.example/mcp");
        assertThat(NONE.and(YES).and(renewed).approvals()).containsExactly(renewed);
    }

    @Test
    void holdsEachOnceAndTheNewestLast() {
        Approval other = approval("other", 1_000, "https://a.example/mcp");
        assertThat(NONE.and(YES).and(other).and(YES).approvals()).containsExactly(other, YES);
    }

    @Test
    void dropsTheOldestWhereThereAreTooMany() {
        Approvals approvals = NONE;
        for (int i = 0; i < Approvals.MOST + 5; i++) {
            approvals = approvals.and(approval("client" + i, i, "https://a.example/mcp"));
        }
        assertThat(approvals.approvals()).hasSize(Approvals.MOST);
        assertThat(approvals.approvals().get(0).client()).isEqualTo("client5");
    }

    @Test
    void tellsTheSubjectsOfDifferentScopesApart() {
        ResourceIndicator server = server("https://a.example/mcp");
        assertThat(Approval.subject(server, List.of("b", "a", "b")))
                .isEqualTo(Approval.subject(server, List.of("a", "b")));
        assertThat(Stream.of(List.<String>of(), List.of("a"), List.of("a", "b"), List.of("ab"))
                        .map(scopes -> Approval.subject(server, scopes)))
                .doesNotHaveDuplicates();
    }

    private static Approval approval(String client, long since, String server) {
        return new Approval(client, since, Approval.subject(server(server), List.of("mcp:tools")));
    }

    private static ResourceIndicator server(String uri) {
        return ResourceIndicator.parse(uri) instanceof Verdict.Allowed<ResourceIndicator> allowed
                ? allowed.value()
                : new ResourceIndicator(uri, "refused");
    }
}
