package io.github.keycloakmcp.rule.consent;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An approval is valid for one client, one consent and one server, and all of them together stay small. */
class ApprovalTest {

    private static final String SUBJECT = subject("https://a.example/mcp");
    private static final Approval YES = new Approval("client", SUBJECT, 1_000);

    @Test
    void allowsWhatWasApprovedAndNothingElse() {
        assertThat(YES.allows("client", SUBJECT, 1_000)).isTrue();
        assertThat(YES.allows("client", subject("HTTPS://A.example:443/mcp"), 1_000))
                .isTrue();
        assertThat(YES.allows("client", subject("https://b.example/mcp"), 1_000))
                .isFalse();
        assertThat(YES.allows("other", SUBJECT, 1_000)).isFalse();
    }

    @Test
    void isValidUnderTheConsentThatItWasGivenUnderAndUnderNoLaterOne() {
        assertThat(YES.allows("client", SUBJECT, 1)).isTrue();
        assertThat(YES.allows("client", SUBJECT, 1_001)).isFalse();
    }

    @Test
    void isReadAsItWasWritten() {
        assertThat(Approval.read(YES.attribute(), "1000")).contains(YES);
    }

    @Test
    void fitsIntoAColumnOfADatabase() {
        assertThat(new Approval("c".repeat(36), subject("https://a.example/" + "m".repeat(1_900)), 1).attribute())
                .hasSizeLessThanOrEqualTo(255);
    }

    @Test
    void isReadFromTheListOfAnEarlierVersion() {
        assertThat(Approval.readListed("client 1000 " + SUBJECT)).contains(YES);
    }

    @Test
    void leavesOutWhatOthersWrote() {
        assertThat(Stream.of("", "client", "client 1 x", "client -1 " + SUBJECT, "a b c d", "\u0000")
                        .map(Approval::readListed)
                        .flatMap(Optional::stream))
                .isEmpty();
        assertThat(Stream.of("", "phone", "mcp.approval.", "mcp.approval.client", YES.attribute() + "x")
                        .map(name -> Approval.read(name, "1000"))
                        .flatMap(Optional::stream))
                .isEmpty();
        assertThat(Stream.of("", "-1", "1 ", "1".repeat(19))
                        .map(value -> Approval.read(YES.attribute(), value))
                        .flatMap(Optional::stream))
                .isEmpty();
    }

    @Test
    void theOldestAreTooMany() {
        List<Approval> all = LongStream.rangeClosed(1, Approval.MOST + 5)
                .mapToObj(time -> new Approval("client" + time, SUBJECT, Approval.MOST + 6 - time))
                .toList();
        assertThat(Approval.surplus(all)).extracting(Approval::given).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(Approval.surplus(all.subList(0, Approval.MOST))).isEmpty();
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

    private static String subject(String server) {
        return Approval.subject(server(server), List.of("mcp:tools"));
    }

    private static ResourceIndicator server(String uri) {
        return ResourceIndicator.parse(uri) instanceof Verdict.Allowed<ResourceIndicator> allowed
                ? allowed.value()
                : new ResourceIndicator(uri, "refused");
    }
}
