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
    private static final Approval YES = Approval.of("client", 1_000, server("https://a.example/mcp"));

    @Test
    void holdsWhatWasApprovedAndNothingElse() {
        Approvals approvals = NONE.and(YES);
        assertThat(approvals.hold(YES)).isTrue();
        assertThat(approvals.hold(Approval.of("client", 1_000, server("HTTPS://A.example:443/mcp"))))
                .isTrue();
        assertThat(approvals.hold(Approval.of("client", 1_000, server("https://b.example/mcp"))))
                .isFalse();
        assertThat(approvals.hold(Approval.of("client", 1_001, server("https://a.example/mcp"))))
                .isFalse();
        assertThat(approvals.hold(Approval.of("other", 1_000, server("https://a.example/mcp"))))
                .isFalse();
    }

    @Test
    void readsWhatItWrote() {
        Approvals approvals = NONE.and(YES).and(Approval.of("other", 2_000, server("https://b.example/mcp")));
        assertThat(Approvals.parse(approvals.texts().stream())).isEqualTo(approvals);
    }

    @Test
    void fitsIntoAColumnOfADatabase() {
        Approval longest =
                Approval.of("c".repeat(36), Long.MAX_VALUE, server("https://a.example/" + "m".repeat(1_900)));
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
        Approval renewed = Approval.of("client", 2_000, server("https://b.example/mcp"));
        assertThat(NONE.and(YES).and(renewed).approvals()).containsExactly(renewed);
    }

    @Test
    void holdsEachOnceAndTheNewestLast() {
        Approval other = Approval.of("other", 1_000, server("https://a.example/mcp"));
        assertThat(NONE.and(YES).and(other).and(YES).approvals()).containsExactly(other, YES);
    }

    @Test
    void dropsTheOldestWhereThereAreTooMany() {
        Approvals approvals = NONE;
        for (int i = 0; i < Approvals.MOST + 5; i++) {
            approvals = approvals.and(Approval.of("client" + i, i, server("https://a.example/mcp")));
        }
        assertThat(approvals.approvals()).hasSize(Approvals.MOST);
        assertThat(approvals.approvals().get(0).client()).isEqualTo("client5");
    }

    private static ResourceIndicator server(String uri) {
        return ResourceIndicator.parse(uri) instanceof Verdict.Allowed<ResourceIndicator> allowed
                ? allowed.value()
                : new ResourceIndicator(uri, "refused");
    }
}
