package io.github.keycloakmcp.platform;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.ModelException;

import static org.assertj.core.api.Assertions.assertThat;

/** What databases say of a failed statement, however deep below other exceptions, is told apart by its class. */
class DatabaseFailureTest {

    @ParameterizedTest
    @CsvSource({
        "22001, 0, UNSTORABLE",
        "22007, 1366, UNSTORABLE",
        "HY000, 1366, UNSTORABLE",
        "23000, 1062, DUPLICATE",
        "23505, 0, DUPLICATE",
        "40001, 1213, ROLLED_BACK",
        "40P01, 0, ROLLED_BACK",
        "90131, 90131, ROLLED_BACK",
        "08001, 0, NO_CONNECTION",
        "08004, 1040, NO_CONNECTION",
        "53300, 0, NO_CONNECTION",
        "57P01, 0, NO_CONNECTION",
        "57P03, 0, NO_CONNECTION",
        "70100, 1927, NO_CONNECTION"
    })
    void theClassOfTheStateTells(String state, int number, DatabaseFailure failure) {
        Throwable cause = new SQLException("x", state, number);
        assertThat(DatabaseFailure.of(new IllegalStateException(new RuntimeException(cause))))
                .contains(failure);
    }

    @Test
    void thePoolOfConnectionsTellsByItsWords() {
        assertThat(DatabaseFailure.of(new IllegalStateException(new SQLException("Sorry, acquisition timeout!"))))
                .contains(DatabaseFailure.NO_CONNECTION);
        assertThat(DatabaseFailure.of(
                        new SQLException("Acquisition timeout while waiting for new connection", new Exception())))
                .contains(DatabaseFailure.NO_CONNECTION);
    }

    @Test
    void aStreamThatEndsIsOneOfTheDatabaseWhereKeycloakSaysSo() {
        assertThat(DatabaseFailure.of(new ModelException("Database operation failed", new EOFException("closed"))))
                .contains(DatabaseFailure.NO_CONNECTION);
        assertThat(DatabaseFailure.of(new UncheckedIOException(new EOFException("request"))))
                .isEmpty();
    }

    @Test
    void otherFailuresAreNone() {
        assertThat(DatabaseFailure.of(new IllegalStateException("none"))).isEmpty();
        assertThat(DatabaseFailure.of(new SQLException("disk full", "53100"))).isEmpty();
        assertThat(DatabaseFailure.of(new SQLException("canceled", "57014"))).isEmpty();
        assertThat(DatabaseFailure.of(new IllegalStateException(new SQLException("no such column", "42703"))))
                .isEmpty();
        assertThat(DatabaseFailure.of(new BatchUpdateException(new SQLException("no state", (String) null))))
                .isEmpty();
    }
}
