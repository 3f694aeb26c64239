package io.github.keycloakmcp.admin;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.rule.consent.Approval;
import jakarta.persistence.EntityManager;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.util.JsonSerialization;

/** The names of the users and clients of a page of approvals, in two statements. */
final class ApprovalNames {

    private static final int MILLIS = 1_000;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Map<String, String> users = new HashMap<>();
    private final Map<String, Object[]> clients = new HashMap<>();

    ApprovalNames(KeycloakSession session, RealmModel realm, Collection<ApprovalRow> rows) {
        this.session = session;
        this.realm = realm;
        if (!rows.isEmpty()) {
            EntityManager database =
                    session.getProvider(JpaConnectionProvider.class).getEntityManager();
            rows(
                            database,
                            "select u.id, u.username from UserEntity u where u.id in :ids",
                            rows.stream().map(ApprovalRow::user).collect(Collectors.toSet()))
                    .forEach(row -> users.put((String) row[0], (String) row[1]));
            rows(
                            database,
                            "select c.id, c.clientId, c.name from ClientEntity c where c.id in :ids",
                            rows.stream().map(row -> row.approval().client()).collect(Collectors.toSet()))
                    .forEach(row -> clients.put((String) row[0], row));
        }
    }

    /** An approval as calls answer it. One of an earlier version has neither server nor scopes. */
    ObjectNode json(ApprovalRow row) {
        ObjectNode json = JsonSerialization.mapper.createObjectNode();
        json.put("user", row.user()).put("username", username(row.user()));
        Object[] client = clients.get(row.approval().client());
        json.put("client", row.approval().client());
        if (client != null) {
            json.put("clientId", (String) client[1]).put("clientName", (String) client[2]);
        }
        if (row.approval() instanceof Approval approval) {
            json.put("server", approval.uri());
            new TreeSet<>(approval.scopes()).forEach(json.putArray("scopes")::add);
        }
        return json.put("given", row.approval().given() / MILLIS);
    }

    /** A user whose storage is elsewhere is no row of the database. */
    private String username(String id) {
        return users.computeIfAbsent(
                id,
                missing -> Optional.ofNullable(session.users().getUserById(realm, missing))
                        .map(UserModel::getUsername)
                        .orElse(""));
    }

    private static List<Object[]> rows(EntityManager database, String query, Set<String> ids) {
        return database.createQuery(query, Object[].class)
                .setParameter("ids", ids)
                .getResultList();
    }
}
