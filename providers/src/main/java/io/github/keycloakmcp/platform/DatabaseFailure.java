package io.github.keycloakmcp.platform;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a database did not do what it was asked, by the class of its SQLSTATE, which databases share. Without it, a text that one
 * database keeps and another does not would be a server error.
 */
public enum DatabaseFailure {
    /** A text is too long, or has characters for which the column has no room. */
    UNSTORABLE("22"),
    /** There is such a row already; where texts are compared without regard to case, one that differs in case. */
    DUPLICATE("23"),
    /** The transaction was ended because of another; both may succeed one after the other. */
    ROLLED_BACK("40");

    /** MySQL tells of characters without room by this number, in no class. */
    private static final int MYSQL_CHARACTERS = 1366;

    private static final int DEEPEST = 20;

    private final String sqlClass;

    DatabaseFailure(String sqlClass) {
        this.sqlClass = sqlClass;
    }

    /** The failure that is the cause of {@code thrown}; empty if it is another one, or none of the database. */
    public static Optional<DatabaseFailure> of(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST)
                .filter(SQLException.class::isInstance)
                .flatMap(cause -> of((SQLException) cause).stream())
                .findFirst();
    }

    private static Optional<DatabaseFailure> of(SQLException cause) {
        String state = cause.getSQLState();
        return cause.getErrorCode() == MYSQL_CHARACTERS
                ? Optional.of(UNSTORABLE)
                : Arrays.stream(values())
                        .filter(failure -> state != null && state.startsWith(failure.sqlClass))
                        .findFirst();
    }
}
