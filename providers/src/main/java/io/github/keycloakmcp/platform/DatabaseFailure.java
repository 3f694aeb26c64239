package io.github.keycloakmcp.platform;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.keycloak.models.ModelException;

/**
 * Why a database did not do what it was asked, by the class of its SQLSTATE, which databases share. Without it, a text that one
 * database keeps and another does not would be a server error.
 */
public enum DatabaseFailure {
    /** A text is too long, or has characters for which the column has no room. */
    UNSTORABLE("22"),
    /** There is such a row already; where texts are compared without regard to case, one that differs in case. */
    DUPLICATE("23"),
    /** The transaction was ended because of another; both may succeed one after the other. H2 says so of a row by 90131. */
    ROLLED_BACK("40|90131"),
    /**
     * There is no connection, or no longer: the database cannot be reached, stops or starts, an administrator has ended it (MariaDB says
     * so by 70100), or others have all that there may be.
     */
    NO_CONNECTION("08|53300|57P0[1-3]|70100");

    /** MySQL tells of characters without room by this number, in no class. */
    private static final int MYSQL_CHARACTERS = 1366;

    /** What the pool of connections says without a state, after it has waited for one. */
    private static final String NONE_FREE = "cquisition timeout";

    private static final int DEEPEST = 20;

    /** How its states in SQL begin. */
    private final Pattern states;

    DatabaseFailure(String states) {
        this.states = Pattern.compile(states);
    }

    /** The failure that is the cause of {@code thrown}; empty if it is another one, or none of the database. */
    public static Optional<DatabaseFailure> of(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST)
                .flatMap(cause -> one(cause).stream())
                .findFirst();
    }

    /** MariaDB's driver says of a connection that the server has closed no more than that its stream has ended. */
    private static Optional<DatabaseFailure> one(Throwable cause) {
        if (cause instanceof SQLException said) {
            return of(said);
        }
        return cause instanceof ModelException && cause.getCause() instanceof IOException
                ? Optional.of(NO_CONNECTION)
                : Optional.empty();
    }

    private static Optional<DatabaseFailure> of(SQLException cause) {
        String state = cause.getSQLState();
        if (cause.getErrorCode() == MYSQL_CHARACTERS) {
            return Optional.of(UNSTORABLE);
        }
        if (state == null) {
            return String.valueOf(cause.getMessage()).contains(NONE_FREE)
                    ? Optional.of(NO_CONNECTION)
                    : Optional.empty();
        }
        return Arrays.stream(values())
                .filter(failure -> failure.states.matcher(state).lookingAt())
                .findFirst();
    }
}
