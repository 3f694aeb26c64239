package io.github.keycloakmcp.platform;

import java.util.HexFormat;
import java.util.Set;
import java.util.function.Predicate;

import io.github.keycloakmcp.rule.Sha256;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Marks that only one request of all nodes can set, and that all see at once. They are kept where Keycloak keeps what can be used
 * once, and stay whatever becomes of the request: a store that is part of the request's transaction (the feature
 * {@code stateless}) would take them back when the request is refused, so that a refused request would cost its sender nothing. There
 * each mark is set, and looked for, in a transaction of its own: that of the request may see only what was there when it began.
 */
public final class SharedMarks {

    /** The stores in a cache, which no transaction takes back. */
    private static final Set<String> AT_ONCE = Set.of("infinispan", "remote");

    /** As many characters as a key has in the database. */
    private static final int LONGEST = 255;

    private final KeycloakSession session;

    public SharedMarks(KeycloakSession session) {
        this.session = session;
    }

    /** Sets a mark for so many seconds; false where it is set already. */
    public boolean putIfAbsent(String key, long seconds) {
        return atOnce(marks -> marks.putIfAbsent(stored(key), seconds));
    }

    /** Tells whether a mark is set, by any request on any node. */
    public boolean contains(String key) {
        return atOnce(marks -> marks.contains(stored(key)));
    }

    /** Removes a mark. */
    public void remove(String key) {
        atOnce(marks -> marks.remove(stored(key)) != null);
    }

    private boolean atOnce(Predicate<SingleUseObjectProvider> task) {
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        return isPartOfRequest(factory)
                ? OwnTransaction.result(factory, null, own -> task.test(own.singleUseObjects()))
                : task.test(session.singleUseObjects());
    }

    /**
     * Removes something after this request, whether it succeeds or not: the use of a code stays although everything else that a
     * refused request wrote is taken back (RFC 6749 section 4.1.2).
     */
    public static void removeAfterwards(KeycloakSession session, String key) {
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        if (isPartOfRequest(factory)) {
            session.getTransactionManager().enlistAfterCompletion(new Removal(factory, key));
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

        Removal(KeycloakSessionFactory factory, String key) {
            this.factory = factory;
            this.key = key;
        }

        @Override
        protected void commitImpl() {
            remove();
        }

        @Override
        protected void rollbackImpl() {
            remove();
        }

        private void remove() {
            OwnTransaction.run(factory, own -> own.singleUseObjects().remove(key));
        }
    }
}
