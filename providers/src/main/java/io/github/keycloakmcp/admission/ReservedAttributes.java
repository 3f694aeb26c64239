package io.github.keycloakmcp.admission;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.keycloakmcp.platform.ClientAttributes;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * The attributes that say how a client came into the realm, when an administrator saves it: whatever is sent, they stay as
 * they are. Otherwise an account that may manage clients could let the consent page call any client verified.
 *
 * <p>There is one way to give them up: {@value ClientAttributes#REGISTERED} saved empty makes the client an administrator's,
 * and removes all of them. A time may be set back, which only makes a client older, and {@value
 * ClientAttributes#DOCUMENT_EXPIRES} may be removed, which loads the document again.
 */
final class ReservedAttributes {

    private static final List<String> MARKS = List.of(
            ClientAttributes.REGISTERED,
            ClientAttributes.KNOWN_CLIENT,
            ClientAttributes.LAST_USED,
            ClientAttributes.DOCUMENT_CHECKED,
            ClientAttributes.DOCUMENT_EXPIRES,
            ClientAttributes.DOCUMENT_ETAG,
            ClientAttributes.DOCUMENT_MODIFIED,
            ClientAttributes.DOCUMENT_TRUST,
            ClientAttributes.DOCUMENT_KEYS);

    private static final Set<String> TIMES =
            Set.of(ClientAttributes.REGISTERED, ClientAttributes.LAST_USED, ClientAttributes.DOCUMENT_EXPIRES);

    /** With an empty value Keycloak removes an attribute. */
    private static final String REMOVED = "";

    private ReservedAttributes() {}

    /** Tells whether the administrator takes the client over. */
    static boolean givenUp(ClientRepresentation written, @Nullable ClientModel stored) {
        Map<String, String> attributes = written.getAttributes();
        return stored != null
                && stored.getAttribute(ClientAttributes.REGISTERED) != null
                && attributes != null
                && attributes.containsKey(ClientAttributes.REGISTERED)
                && isEmpty(attributes.get(ClientAttributes.REGISTERED));
    }

    /** Removes all of them from a client that the administrator takes over, and the token with which it manages itself. */
    static void giveUp(ClientRepresentation written, ClientModel stored) {
        MARKS.forEach(mark -> written.getAttributes().put(mark, REMOVED));
        stored.setRegistrationToken(null);
    }

    /** Lets {@code written} name no other values than {@code stored} has. */
    static void restore(ClientRepresentation written, @Nullable ClientModel stored) {
        Map<String, String> attributes = written.getAttributes();
        if (attributes == null) {
            return;
        }
        if (givenUp(written, stored)) {
            return;
        }
        for (String mark : MARKS) {
            String before = stored == null ? null : stored.getAttribute(mark);
            if (attributes.containsKey(mark) && !isAcceptable(mark, attributes.get(mark), before, written, stored)) {
                if (before == null) {
                    attributes.remove(mark);
                } else {
                    attributes.put(mark, before);
                }
            }
        }
    }

    /** A tool that restores a client may say when it registered, which holds it to more rules, not to fewer. */
    private static boolean isAcceptable(
            String mark,
            @Nullable String value,
            @Nullable String before,
            ClientRepresentation written,
            @Nullable ClientModel stored) {
        if (mark.equals(ClientAttributes.DOCUMENT_EXPIRES) && isEmpty(value)) {
            return true;
        }
        if (value == null || !TIMES.contains(mark) || !value.matches("\\d{1,10}")) {
            return false;
        }
        boolean registered = stored == null
                ? written.getAttributes().containsKey(ClientAttributes.REGISTERED)
                        && !mark.equals(ClientAttributes.DOCUMENT_EXPIRES)
                : stored.getAttribute(ClientAttributes.REGISTERED) != null;
        return registered
                && (Long.parseLong(value) <= Time.currentTime()
                        || (before != null
                                && before.matches("\\d{1,10}")
                                && Long.parseLong(value) <= Long.parseLong(before)));
    }

    private static boolean isEmpty(@Nullable String value) {
        return value == null || value.isBlank();
    }
}
