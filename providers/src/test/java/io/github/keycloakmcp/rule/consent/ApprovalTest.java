package io.github.keycloakmcp.rule.consent;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An approval is valid for one client, one consent and one server, and all of them together stay small. */
class ApprovalTest {

    private static final String URI = "https://a.example/mcp";
    private static final Approval YES =
            new Approval("client", Approval.key(server(URI)), URI, Set.of("mcp:tools", "email"), 1_000);
    private static final EarlierApproval EARLIER =
            new EarlierApproval("client", EarlierApproval.subject(server(URI), List.of("mcp:tools")), 1_000);

    @Test
    void isOfOneServerWhateverWayItIsSpelled() {
        assertThat(Approval.key(server("HTTPS://A.example:443/mcp"))).isEqualTo(YES.server());
        assertThat(Approval.key(server("https://b.example/mcp"))).isNotEqualTo(YES.server());
    }

    @Test
    void isValidUnderTheConsentThatItWasGivenUnderAndUnderNoOther() {
        assertThat(YES.isUnder("client", 1)).isTrue();
        assertThat(YES.isUnder("client", 1_000)).isTrue();
        assertThat(YES.isUnder("client", 1_001)).isFalse();
        assertThat(YES.isUnder("other", 1)).isFalse();
    }

    @Test
    void isReadAsItWasWritten() {
        Approval none = new Approval("client", YES.server(), URI, Set.of(), 7);
        assertThat(Approval.read(YES.attribute(), YES.value())).contains(YES);
        assertThat(Approval.read(none.attribute(), none.value())).contains(none);
        assertThat(YES.value()).isEqualTo("1000 https://a.example/mcp email mcp:tools");
    }

    @Test
    void oneOfAnEarlierVersionIsReadFromItsRowAndFromItsList() {
        assertThat(EarlierApproval.read(EARLIER.attribute(), "1000")).contains(EARLIER);
        assertThat(EarlierApproval.readListed("client 1000 " + EARLIER.subject()))
                .contains(EARLIER);
    }

    @Test
    void anAnswerAddsWhatWasAskedAndTakesAwayWhatWasLeftOut() {
        assertThat(YES.after(Set.of("files", "phone"), Set.of("phone"), 2_000))
                .isEqualTo(new Approval("client", YES.server(), URI, Set.of("mcp:tools", "email", "files"), 2_000));
        assertThat(YES.after(Set.of("email"), Set.of("email"), 2_000).scopes()).containsExactly("mcp:tools");
    }

    @Test
    void fitsIntoAColumnOfADatabase() {
        ResourceIndicator longest = server("https://a.example/" + "m".repeat(1_900));
        assertThat(new Approval("c".repeat(36), Approval.key(longest), longest.written(), Set.of(), 1).attribute())
                .hasSizeLessThanOrEqualTo(255);
    }

    @Test
    void leavesOutWhatOthersWrote() {
        assertThat(Stream.of("", "client", "client 1 x", "client -1 " + EARLIER.subject(), "a b c d", "\u0000")
                        .map(EarlierApproval::readListed)
                        .flatMap(Optional::stream))
                .isEmpty();
        assertThat(Stream.of("", "phone", "mcp.approval.", "mcp.approval.client", YES.attribute() + "x")
                        .flatMap(name ->
                                Stream.of(Approval.read(name, "1000 " + URI), EarlierApproval.read(name, "1000")))
                        .flatMap(Optional::stream))
                .isEmpty();
        assertThat(Stream.of("", "-1", "1 ", "1".repeat(19), "1 uri ", "1  uri", "uri 1", "1 uri  scope", " 1 uri")
                        .flatMap(value -> Stream.of(
                                Approval.read(YES.attribute(), value), EarlierApproval.read(YES.attribute(), value)))
                        .flatMap(Optional::stream))
                .isEmpty();
    }

    @Test
    void theOldestAreTooMany() {
        List<Approval> all = LongStream.rangeClosed(1, StoredApproval.MOST + 5)
                .mapToObj(time -> YES.at(StoredApproval.MOST + 6 - time))
                .toList();
        assertThat(StoredApproval.surplus(all))
                .extracting(StoredApproval::given)
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(StoredApproval.surplus(all.subList(0, StoredApproval.MOST))).isEmpty();
    }

    @Test
    void anEarlierVersionToldTheSubjectsOfDifferentScopesApart() {
        ResourceIndicator server = server(URI);
        assertThat(EarlierApproval.subject(server, List.of("b", "a", "b")))
                .isEqualTo(EarlierApproval.subject(server, List.of("a", "b")));
        assertThat(Stream.of(List.<String>of(), List.of("a"), List.of("a", "b"), List.of("ab"))
                        .map(scopes -> EarlierApproval.subject(server, scopes)))
                .doesNotHaveDuplicates();
    }

    private static ResourceIndicator server(String uri) {
        return ResourceIndicator.parse(uri) instanceof Verdict.Allowed<ResourceIndicator> allowed
                ? allowed.value()
                : new ResourceIndicator(uri, "refused");
    }
}
