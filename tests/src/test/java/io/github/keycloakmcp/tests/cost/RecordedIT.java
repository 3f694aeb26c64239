package io.github.keycloakmcp.tests.cost;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The guard itself: what a change that adds a statement, or saves one, is told. */
class RecordedIT {

    private static final String KNOWN = "select a.X from OFFLINE_CLIENT_SESSION a where a.ID=$1";
    private static final String ADDED = "select b.Y from USER_ENTITY b where b.ID=$1";

    private final Recorded recorded = new Recorded("client credentials");

    @Test
    void theRecordedStatementsPass() {
        assertThatCode(() -> recorded.assertMatches(new Statements(List.of(KNOWN))))
                .doesNotThrowAnyException();
    }

    @Test
    void anAddedStatementFailsWithItsText() {
        assertThatThrownBy(() -> recorded.assertMatches(new Statements(List.of(KNOWN, ADDED))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("client credentials")
                .hasMessageContaining("1 more: " + ADDED);
    }

    @Test
    void aRepeatedStatementFailsWithItsText() {
        assertThatThrownBy(() -> recorded.assertMatches(new Statements(List.of(KNOWN, KNOWN))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 more: " + KNOWN);
    }

    @Test
    void aSavedStatementHasToBeRecorded() {
        assertThatThrownBy(() -> recorded.assertMatches(new Statements(List.of())))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dstatements.write=true");
    }
}
