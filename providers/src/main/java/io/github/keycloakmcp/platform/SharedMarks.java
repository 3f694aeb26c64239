package io.github.keycloakmcp.platform;

import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

import io.github.keycloakmcp.rule.Sha256;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakSessionTaskWithResult;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Marks that only one request of all nodes can set, and that all see at once. They are kept where Keycloak keeps what can be used
 * once, and stay whatever becomes of the request: a store that is part of the request's transaction (the feature
 * {@code stateless}) would take them back when the request is refused, so that a refused request would cost its sender nothing. There
 * each mark is set, and looked for, in a transaction of its own: that of the request may see only what was there when it began.
 */
public final class SharedMarks {

    private static final Logger LOG = Logger.getLogger(SharedMarks.class);

    /** The stores in a cache, which no transaction takes back. */
    private static final Set<String> AT_ONCE = Set.of("infinispan", "remote");

    /** Two that set the same mark at once: of H2 the second learns that there is such a row, and then finds the mark. */
    private static final Set<DatabaseFailure> AGAIN = Set.of(DatabaseFailure.ROLLED_BACK, DatabaseFailure.DUPLICATE);

    /** As many characters as a key has in the database. */
    private static final int LONGEST = 255;

    /** As many rows for turns as marks can be set at one time. */
    private static final int TURNS = 256;

    private static final long TURN_SECONDS = 600;

    /** The same for all realms of a server, because they have one store; null before it was tried. */
    private static volatile @Nullable Boolean tells;

    private final KeycloakSession session;

    public SharedMarks(KeycloakSession session) {
        this.session = session;
    }

    /** Sets a mark for so many seconds; false where it is set already. */
    public boolean putIfAbsent(String key, long seconds) {
        String stored = stored(key);
        boolean inTurn = takeConnections(session);
        return atOnce(marks -> {
            if (inTurn && !tellsWhatItDid(marks)) {
                return putInTurn(marks, stored, seconds);
            }
            return marks.putIfAbsent(stored, seconds);
        });
    }

    /** The same for a mark that is taken back if the request is refused or fails: the next one may be the first again. */
    public boolean putForSuccess(String key, long seconds) {
        boolean set = putIfAbsent(key, seconds);
        if (set) {
            session.getTransactionManager()
                    .enlistAfterCompletion(new Removal(session.getKeycloakSessionFactory(), stored(key), false));
        }
        return set;
    }

    /** Tells whether a mark is set, by any request on any node. */
    public boolean contains(String key) {
        return atOnce(marks -> marks.contains(stored(key)));
    }

    /** Removes a mark. */
    public void remove(String key) {
        atOnce(marks -> marks.remove(stored(key)) != null);
    }

    /**
     * Tells whether the store says truly that it has set a mark. Keycloak's goes by the number of changed rows: on MariaDB and
     * MySQL a row that stays as it is counts too, so that each would be the first.
     */
    private static boolean tellsWhatItDid(SingleUseObjectProvider marks) {
        Boolean known = tells;
        if (known == null) {
            String probe = "mcp-probe:" + UUID.randomUUID();
            known = marks.putIfAbsent(probe, TURN_SECONDS) && !marks.putIfAbsent(probe, TURN_SECONDS);
            tells = known;
        }
        return known;
    }

    /** Those that set the same mark write the same row first, which each has to itself until its mark is committed. */
    private static boolean putInTurn(SingleUseObjectProvider marks, String key, long seconds) {
        marks.put("mcp-turn:" + Math.floorMod(key.hashCode(), TURNS), TURN_SECONDS, Map.of());
        if (marks.contains(key)) {
            return false;
        }
        marks.put(key, seconds, Map.of());
        return true;
    }

    private boolean atOnce(Predicate<SingleUseObjectProvider> task) {
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        return isPartOfRequest(factory)
                ? OwnTransaction.result(factory, null, own -> task.test(own.singleUseObjects()), AGAIN)
                : task.test(session.singleUseObjects());
    }

    /**
     * Tells whether a mark takes a connection to the database. A request that has one by then waits for a second, and requests
     * that have all connections would wait for each other: what is read before a mark, is read {@link #beforehand}.
     */
    public static boolean takeConnections(KeycloakSession session) {
        return isPartOfRequest(session.getKeycloakSessionFactory());
    }

    /**
     * Reads something before marks are set, and gives the connection back if they take one. A transaction beside that of the request
     * reads it itself: it may have a connection, and sets no marks.
     */
    public static <T> T beforehand(KeycloakSession session, KeycloakSessionTaskWithResult<T> reading) {
        return takeConnections(session) && !OwnTransaction.isThatOf(session)
                ? OwnTransaction.result(session.getKeycloakSessionFactory(), session.getContext(), reading)
                : reading.run(session);
    }

    /**
     * Removes something after this request, whether it succeeds or not: the use of a code stays although everything else that a
     * refused request wrote is taken back (RFC 6749 section 4.1.2).
     */
    public static void removeAfterwards(KeycloakSession session, String key) {
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        if (isPartOfRequest(factory)) {
            session.getTransactionManager().enlistAfterCompletion(new Removal(factory, key, true));
        }
    }

    private static boolean isPartOfRequest(KeycloakSessionFactory factory) {
        return !AT_ONCE.contains(
                factory.getProviderFactory(SingleUseObjectProvider.class).getId());
    }

    /** A longer key would be an error of the database. */
    private static String stored(String key) {
        return key.length() <= LONGEST
                ? key
                : key.substring(0, LONGEST / 2) + HexFormat.of().formatHex(Sha256.of(key));
    }

    /** What the request's transaction holds until it ends cannot be removed before. */
    private static final class Removal extends AbstractKeycloakTransaction {

        private final KeycloakSessionFactory factory;
        private final String key;
        private final boolean afterSuccess;

        Removal(KeycloakSessionFactory factory, String key, boolean afterSuccess) {
            this.factory = factory;
            this.key = key;
            this.afterSuccess = afterSuccess;
        }

        @Override
        protected void commitImpl() {
            if (afterSuccess) {
                remove();
            }
        }

        @Override
        protected void rollbackImpl() {
            try {
                remove();
            } catch (RuntimeException e) {
                if (afterSuccess) {
                    throw e;
                }
                LOG.debug("a mark stays until it expires", e);
            }
        }

        private void remove() {
            OwnTransaction.run(factory, own -> own.singleUseObjects().remove(key));
        }
    }
}
