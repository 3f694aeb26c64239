package io.github.keycloakmcp.consent;

import java.util.Optional;
import java.util.Set;

import io.github.keycloakmcp.rule.ScopeList;
import io.github.keycloakmcp.rule.consent.Approval;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What a user is being asked, kept in the login until the answer.
 *
 * @param before what the user had approved at this server when the page was made
 * @param asked the scopes of the request
 */
record AskedApproval(Approval before, Set<String> asked) {

    /** Notes of a login: the approval before as it is stored, and the scopes of the request. */
    private static final String NAME = "mcp.approved.name";

    private static final String BEFORE = "mcp.approved";
    private static final String ASKED = "mcp.asked";

    static void remember(AuthenticationSessionModel login, Approval before, Set<String> asked) {
        login.setAuthNote(NAME, before.attribute());
        login.setAuthNote(BEFORE, before.value());
        login.setAuthNote(ASKED, String.join(" ", asked));
    }

    static void forget(AuthenticationSessionModel login) {
        login.removeAuthNote(ASKED);
    }

    static Optional<AskedApproval> of(AuthenticationSessionModel login) {
        String asked = login.getAuthNote(ASKED);
        return asked == null
                ? Optional.empty()
                : Approval.read(login.getAuthNote(NAME), login.getAuthNote(BEFORE))
                        .map(before -> new AskedApproval(before, ScopeList.names(asked)));
    }
}
