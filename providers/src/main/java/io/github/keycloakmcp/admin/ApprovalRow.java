package io.github.keycloakmcp.admin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.keycloakmcp.consent.StoredApprovals;
import io.github.keycloakmcp.rule.consent.StoredApproval;
import org.jspecify.annotations.Nullable;

/**
 * An approval and whose it is.
 *
 * @param user the user's id
 * @param approval the approval
 */
record ApprovalRow(String user, StoredApproval approval) {

    static Stream<ApprovalRow> read(String user, String attribute, @Nullable String value) {
        return value == null
                ? Stream.empty()
                : StoredApprovals.read(attribute, value).map(approval -> new ApprovalRow(user, approval));
    }

    /**
     * Where a list goes on.
     *
     * @param user the user of the last row that was read
     * @param attribute the name of its attribute
     */
    record Position(String user, String attribute) {

        /** Before the first row. */
        static final Position START = new Position("", "");

        private static final char SEPARATOR = ' ';

        /** Reads what {@link #text} made; nothing, if it is something else. */
        static Optional<Position> read(String text) {
            if (text.isEmpty()) {
                return Optional.of(START);
            }
            try {
                String position = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
                int separator = position.indexOf(SEPARATOR);
                return separator < 0 || position.indexOf(0) >= 0
                        ? Optional.empty()
                        : Optional.of(
                                new Position(position.substring(0, separator), position.substring(separator + 1)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        /** The position for a URL. */
        String text() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((user + SEPARATOR + attribute).getBytes(StandardCharsets.UTF_8));
        }
    }
}
