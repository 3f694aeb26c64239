package io.github.keycloakmcp.admin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The approvals of a realm as the database has them, a page in three statements, whatever the number of users. Keycloak's SPI
 * reads the attributes of one user at a time.
 */
final class ApprovalSearch {

    private final EntityManager database;
    private final RealmModel realm;

    /**
     * A page.
     *
     * @param rows the valid approvals of the page, which can be fewer than the rows that were read, or none
     * @param next where the list goes on; null at its end
     */
    record Page(List<ApprovalRow> rows, ApprovalRow.@Nullable Position next) {}

    ApprovalSearch(KeycloakSession session, RealmModel realm) {
        this.database = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = realm;
    }

    /** Reads at most {@code max} rows after a position, and leaves out approvals whose consent is gone. */
    Page page(ApprovalFilter filter, ApprovalRow.Position after, int max) {
        List<Object[]> rows = read(filter, after, max);
        List<ApprovalRow> approvals = rows.stream()
                .flatMap(row -> ApprovalRow.read((String) row[0], (String) row[1], text(row)))
                .toList();
        Map<List<String>, Long> consents = consents(approvals);
        List<ApprovalRow> valid = approvals.stream()
                .filter(row -> Optional.ofNullable(
                                consents.get(List.of(row.user(), row.approval().client())))
                        .filter(since -> row.approval().given() >= since)
                        .isPresent())
                .toList();
        Object[] last = rows.size() < max ? null : rows.get(rows.size() - 1);
        return new Page(valid, last == null ? null : new ApprovalRow.Position((String) last[0], (String) last[1]));
    }

    private List<Object[]> read(ApprovalFilter filter, ApprovalRow.Position after, int max) {
        TypedQuery<Object[]> query = database.createQuery(
                        "select a.userId, a.name, a.value, a.longValue from FederatedUserAttributeEntity a"
                                + " where a.realmId = :realm and a.name like :name escape '!'"
                                + (filter.user() == null ? "" : " and a.userId = :user")
                                + " and (a.userId > :afterUser or (a.userId = :afterUser and a.name > :afterName))"
                                + " order by a.userId, a.name",
                        Object[].class)
                .setParameter("realm", realm.getId())
                .setParameter("name", filter.pattern())
                .setParameter("afterUser", after.user())
                .setParameter("afterName", after.attribute());
        if (filter.user() != null) {
            query.setParameter("user", filter.user());
        }
        return query.setMaxResults(max).getResultList();
    }

    private static @Nullable String text(Object[] row) {
        return row[2] == null ? (String) row[3] : (String) row[2];
    }

    /** The beginnings of the consents, by user and client. Users of a storage that keeps none have theirs in a table of their own. */
    private Map<List<String>, Long> consents(List<ApprovalRow> approvals) {
        Map<List<String>, Long> found = new HashMap<>();
        if (!approvals.isEmpty()) {
            Set<String> users = approvals.stream().map(ApprovalRow::user).collect(Collectors.toSet());
            Set<String> clients =
                    approvals.stream().map(row -> row.approval().client()).collect(Collectors.toSet());
            for (String table : List.of(
                    "select c.user.id, c.clientId, c.createdDate from UserConsentEntity c where c.user.id",
                    "select c.userId, c.clientId, c.createdDate from FederatedUserConsentEntity c where c.userId")) {
                List<Object[]> rows = new ArrayList<>(
                        database.createQuery(table + " in :users and c.clientId in :clients", Object[].class)
                                .setParameter("users", users)
                                .setParameter("clients", clients)
                                .getResultList());
                rows.stream()
                        .filter(row -> row[2] != null)
                        .forEach(row -> found.put(List.of((String) row[0], (String) row[1]), (Long) row[2]));
            }
        }
        return found;
    }
}
