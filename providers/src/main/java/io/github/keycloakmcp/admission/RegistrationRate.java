package io.github.keycloakmcp.admission;

import java.time.Duration;

import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.Sender;
import io.github.keycloakmcp.settings.LimitSettings;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Counts registrations per sender and per realm, for all nodes of a cluster together. Keycloak offers no counter that all
 * nodes share, but marks that only one of them can set: a window has as many numbered marks as registrations are allowed,
 * and each registration sets the first that is free. They are set in order, so the first free one is found by halving.
 *
 * <p>A registration counts when it is tried, whatever becomes of it, and once, whichever shells judge it.
 */
final class RegistrationRate {

    private final LimitSettings limits;
    private final KeycloakSession session;
    private final SingleUseObjectProvider marks;

    RegistrationRate(LimitSettings limits, KeycloakSession session) {
        this.limits = limits;
        this.session = session;
        this.marks = session.singleUseObjects();
    }

    /** Counts one more registration, or says why there can be none. A sender that has too many costs the realm none. */
    Verdict<Sender> take() {
        Sender sender = Sender.of(session.getContext().getConnection().getRemoteAddr());
        if (!limits.senders().isEmpty() && limits.senders().stream().noneMatch(range -> range.contains(sender))) {
            return Verdict.refused(AdmissionRefusals.senderNotAllowed());
        }
        if (!take("sender:" + sender.counted(), limits.perSender())) {
            return Verdict.refused(AdmissionRefusals.tooMany(LimitSettings.PER_SENDER.key(), untilNextWindow()));
        }
        if (!take("realm", limits.perRealm())) {
            return Verdict.refused(AdmissionRefusals.tooMany(LimitSettings.PER_REALM.key(), untilNextWindow()));
        }
        return Verdict.allowed(sender);
    }

    private boolean take(String counted, int limit) {
        if (limit == 0) {
            return true;
        }
        String key = String.join(
                ":",
                "mcp-rate",
                session.getContext().getRealm().getId(),
                counted,
                Integer.toString(Time.currentTime() / limits.window()),
                "");
        Integer taken = session.getAttribute(key, Integer.class);
        if (taken == null) {
            taken = mark(key, limit);
            session.setAttribute(key, taken);
        }
        return taken < limit;
    }

    /** Sets the first free mark, and tells its number; {@code limit} where none is free. */
    private int mark(String key, int limit) {
        int number = firstFree(key, limit);
        while (number < limit && !marks.putIfAbsent(key + number, limits.window())) {
            number++;
        }
        return number;
    }

    private int firstFree(String key, int limit) {
        int low = 0;
        int high = limit;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (marks.contains(key + middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Duration untilNextWindow() {
        return Duration.ofSeconds(limits.window() - Time.currentTime() % limits.window());
    }
}
