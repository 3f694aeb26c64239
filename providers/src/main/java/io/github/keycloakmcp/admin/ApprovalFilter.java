package io.github.keycloakmcp.admin;

import java.util.Optional;

import io.github.keycloakmcp.platform.ClientIds;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.consent.Approval;
import io.github.keycloakmcp.rule.consent.StoredApproval;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Which approvals a call is about.
 *
 * @param user the user's id; null for every user
 * @param client the client's internal id; null for every client
 * @param server the server, by {@link Approval#key}; null for every server
 */
record ApprovalFilter(
        @Nullable String user,
        @Nullable String client,
        @Nullable String server) {

    /** Of nothing: no user has an id without characters. */
    static final ApprovalFilter NONE = new ApprovalFilter("", "", "");

    private static final String ANY = "%";

    /** What a call names does not exist. */
    static final class Unknown extends Exception {

        private static final long serialVersionUID = 1L;

        private final String problem;

        Unknown(String problem) {
            super(problem);
            this.problem = problem;
        }

        /** What the administrator is told. */
        String problem() {
            return problem;
        }
    }

    /**
     * Reads the parameters of a call.
     *
     * @param user a username or a user's id
     * @param client a client id or a client's internal id
     * @param server the URI of a server, in any spelling; the realm need not have it any more
     */
    static ApprovalFilter read(KeycloakSession session, RealmModel realm, String user, String client, String server)
            throws Unknown {
        return new ApprovalFilter(
                user.isEmpty() ? null : user(session, realm, user),
                client.isEmpty() ? null : client(realm, client),
                server.isEmpty() ? null : server(server));
    }

    boolean isEmpty() {
        return user == null && client == null && server == null;
    }

    /** The names of the attributes, for {@code like} with the escape character {@code !}. */
    String pattern() {
        return escaped(StoredApproval.PREFIX) + (client == null ? ANY : escaped(client)) + "."
                + (server == null ? ANY : escaped(server));
    }

    private static String user(KeycloakSession session, RealmModel realm, String user) throws Unknown {
        return Optional.of(user)
                .filter(ClientIds::isPossible)
                .map(name -> session.users().getUserByUsername(realm, name))
                .or(() -> Optional.of(user)
                        .filter(ClientIds::isPossible)
                        .map(id -> session.users().getUserById(realm, id)))
                .map(UserModel::getId)
                .orElseThrow(() -> new Unknown("user: no user with this name or id"));
    }

    private static String client(RealmModel realm, String client) throws Unknown {
        return Optional.of(client)
                .filter(ClientIds::isPossible)
                .flatMap(id -> ClientIds.find(realm, id))
                .or(() -> Optional.of(client).filter(ClientIds::isPossible).map(realm::getClientById))
                .map(ClientModel::getId)
                .orElseThrow(() -> new Unknown("client: no client with this client id or internal id"));
    }

    private static String server(String server) throws Unknown {
        if (ResourceIndicator.parse(server) instanceof Verdict.Allowed<ResourceIndicator> uri) {
            return Approval.key(uri.value());
        }
        throw new Unknown("server: the URI of an MCP server is expected");
    }

    private static String escaped(String text) {
        return text.replace("!", "!!").replace("_", "!_").replace("%", "!%");
    }
}
