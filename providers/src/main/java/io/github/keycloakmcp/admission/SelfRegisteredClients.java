package io.github.keycloakmcp.admission;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.rule.lifecycle.ClientUse;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The self-registered clients of a realm, asked for in the database by the attribute that marks them. Keycloak's own SPI
 * tells how many clients a realm has, and those with an attribute only by loading each client: 750,000 statements in a realm
 * of 100,000.
 */
final class SelfRegisteredClients {

    private static final String OF_REALM =
            " from ClientAttributeEntity mark where mark.name = :mark and mark.client.realmId = :realm";

    private static final String NEVER_USED = " and not exists (select 1 from ClientAttributeEntity used"
            + " where used.client = mark.client and used.name = :used and used.value is not null)";

    private static final String NOT_ADMINISTERED = " and mark.client.enabled = true"
            + " and not exists (select 1 from ClientAttributeEntity saved"
            + " where saved.client = mark.client and saved.name = :saved and saved.value is not null)";

    private final EntityManager database;
    private final RealmModel realm;

    /** An identifier in the database, and when the client registered. */
    private record Candidate(String id, long registered) {}

    SelfRegisteredClients(KeycloakSession session, RealmModel realm) {
        this.database = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = realm;
    }

    /** How many there are. One statement. */
    long count() {
        return ofRealm("select count(mark)" + OF_REALM, Long.class).getSingleResult();
    }

    /** How many of them were never used. One statement. */
    long countNeverUsed() {
        return ofRealm("select count(mark)" + OF_REALM + NEVER_USED, Long.class)
                .setParameter("used", ClientAttributes.LAST_USED)
                .getSingleResult();
    }

    /** Whether one of them was never used, nor disabled or saved by an administrator. One statement. */
    boolean isAnyNeverUsed() {
        return !ofRealm("select mark.client.id" + OF_REALM + NEVER_USED + NOT_ADMINISTERED, String.class)
                .setParameter("used", ClientAttributes.LAST_USED)
                .setParameter("saved", ClientAttributes.ADMINISTERED)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /**
     * The internal ids of those that were never used, nor disabled or saved by an administrator; the one that registered first
     * at the front. One statement.
     */
    List<String> oldestNeverUsed(int most) {
        TypedQuery<Object[]> query = ofRealm(
                        "select mark.client.id, mark.value" + OF_REALM + NEVER_USED + NOT_ADMINISTERED, Object[].class)
                .setParameter("used", ClientAttributes.LAST_USED)
                .setParameter("saved", ClientAttributes.ADMINISTERED);
        // Sorted here: some databases keep values of attributes in a type that they cannot sort.
        try (Stream<Object[]> rows = query.getResultStream()) {
            return rows.map(row -> new Candidate((String) row[0], registered((String) row[1])))
                    .sorted(Comparator.comparingLong(Candidate::registered))
                    .limit(most)
                    .map(Candidate::id)
                    .toList();
        }
    }

    /** Whether a user has a consent to the client. Two statements: Keycloak keeps those of federated users apart. */
    boolean haveConsent(String id) {
        return Stream.of("UserConsentEntity", "FederatedUserConsentEntity")
                .anyMatch(consents -> database.createQuery(
                                        "select count(consent) from " + consents
                                                + " consent where consent.clientId = :client",
                                        Long.class)
                                .setParameter("client", id)
                                .getSingleResult()
                        > 0);
    }

    private <T> TypedQuery<T> ofRealm(String query, Class<T> type) {
        return database.createQuery(query, type)
                .setParameter("mark", ClientAttributes.REGISTERED)
                .setParameter("realm", realm.getId());
    }

    private static long registered(String written) {
        return ClientUse.read(written, null).registered();
    }
}
