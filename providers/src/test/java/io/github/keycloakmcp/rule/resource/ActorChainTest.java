package io.github.keycloakmcp.rule.resource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.ActorChain.Actor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static io.github.keycloakmcp.rule.Verdicts.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/** The clients that act for a user, as a token names them. */
class ActorChainTest {

    private static final Actor A = new Actor("id-a", "a");
    private static final Actor B = new Actor("id-b", "b");

    @Test
    void anActorStandsInFrontOfThoseBeforeIt() {
        ActorChain both = decidedBy(decidedBy(ActorChain.NONE.then(A)).then(B));
        assertThat(both.actors()).containsExactly("b", "a");
        assertThat(both.claim())
                .isEqualTo(Map.of("sub", "id-b", "client_id", "b", "act", Map.of("sub", "id-a", "client_id", "a")));
        assertThat(decidedBy(ActorChain.read(both.claim()))).isEqualTo(both);
    }

    @Test
    void anActorThatIsInFrontIsNotNamedTwice() {
        ActorChain one = decidedBy(ActorChain.NONE.then(A));
        assertThat(decidedBy(one.then(A))).isEqualTo(one);
        ActorChain circle = decidedBy(decidedBy(one.then(B)).then(A));
        assertThat(circle.actors()).containsExactly("a", "b", "a");
    }

    @Test
    void theChainIsBounded() {
        ActorChain chain = ActorChain.NONE;
        for (int i = 0; i < ActorChain.LONGEST; i++) {
            chain = decidedBy(chain.then(new Actor("id-" + i, "c" + i)));
        }
        assertThat(chain.actors()).hasSize(ActorChain.LONGEST);
        assertThat(decidedBy(ActorChain.read(chain.claim()))).isEqualTo(chain);
        Map<String, Object> longer = Map.of("sub", "id-a", "act", chain.claim());
        for (Verdict<ActorChain> verdict : List.of(chain.then(A), ActorChain.read(longer))) {
            assertRefused(verdict, "invalid_request", "at most " + ActorChain.LONGEST);
            assertThat(refusalOf(verdict).code()).isEqualTo(RefusalCode.DELEGATION_ACTOR_REFUSED);
            assertThat(refusalOf(verdict).detail()).contains("too long");
        }
    }

    @Test
    void actorsOfAnotherKindAreKeptAsTheyAre() {
        Map<String, Object> admin = Map.of("sub", "7d0f", "iss", "https://idp.example", "email", "a@example.com");
        ActorChain chain = decidedBy(decidedBy(ActorChain.read(admin)).then(A));
        assertThat(chain.claim()).containsEntry("act", admin);
        assertThat(chain.actors()).containsExactly("a", "7d0f");
    }

    static Stream<Arguments> wrong() {
        Object deep = Map.of("sub", "x");
        for (int i = 0; i < 5_000; i++) {
            deep = Map.of("sub", "x", "act", deep);
        }
        Map<String, Object> itself = new HashMap<>(Map.of("sub", "x"));
        itself.put("act", itself);
        return Stream.of(
                Arguments.of("a text", "agent"),
                Arguments.of("a number", 7),
                Arguments.of("a list", List.of(Map.of("sub", "a"))),
                Arguments.of("an empty object", Map.of()),
                Arguments.of("an object without sub", Map.of("client_id", "a")),
                Arguments.of("a number as sub", Map.of("sub", 7)),
                Arguments.of("a blank sub", Map.of("sub", " ")),
                Arguments.of("a text inside", Map.of("sub", "a", "act", "b")),
                Arguments.of("a list inside", Map.of("sub", "a", "act", List.of())),
                Arguments.of("5,000 actors", deep),
                Arguments.of("a circle", itself));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void aWrongClaimIsRefused(String what, @Nullable Object act) {
        assertRefused(ActorChain.read(act), "invalid_request", "subject_token");
    }

    @Test
    void anAdministratorReadsWhichOfBothIsWrong() {
        assertThat(refusalOf(ActorChain.read("agent")).detail()).isEqualTo("malformed claim act");
    }

    @Test
    void noClaimIsNoActor() {
        assertThat(decidedBy(ActorChain.read(null)).actors()).isEmpty();
    }
}
