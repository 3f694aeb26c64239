package io.github.keycloakmcp.admission;

import java.util.Objects;

import io.github.keycloakmcp.platform.RefusalEvents;
import io.github.keycloakmcp.platform.RequestSender;
import io.github.keycloakmcp.platform.SharedMarks;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.FairShare;
import io.github.keycloakmcp.rule.registration.SenderPath;
import io.github.keycloakmcp.rule.registration.SlidingWindow;
import io.github.keycloakmcp.settings.LimitSettings;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;

/**
 * Counts what unknown clients send, registrations and metadata documents together, for all nodes of a cluster. Each request
 * costs its sender, and each that would create a client costs the realm as well. Keycloak offers no counter that all nodes
 * share, but marks that only one of them can set: a window has as many numbered marks as requests are allowed, and each
 * request sets the first that is free. They are set in order, so the first free one is found by halving.
 *
 * <p>A request counts once, whichever shells judge it, and whatever becomes of it.
 */
public final class RequestBudget {

    private final LimitSettings limits;
    private final KeycloakSession session;
    private final SharedMarks marks;
    private final SlidingWindow window;
    private final SenderPath path;
    private final long now = Time.currentTime();

    /**
     * The requests that were counted when this one came.
     *
     * @param before in the window before
     * @param present in this window
     */
    private record Taken(int before, int present) {}

    public RequestBudget(LimitSettings limits, KeycloakSession session) {
        this.limits = limits;
        this.session = session;
        this.marks = new SharedMarks(session);
        this.window = new SlidingWindow(limits.window());
        this.path = RequestSender.of(session);
    }

    /** Limits the events that the sender causes with this request, unless nothing of the sender is limited. */
    public RequestBudget limitEvents() {
        if (limits.perSender() > 0) {
            RefusalEvents.limit(session, path.counted().iterator().next(), limits.window());
        }
        return this;
    }

    /** Counts a registration for its sender, or says why the sender can have none. */
    public Verdict<SenderPath> takeRegistration() {
        return limits.senders().isEmpty() || path.isWithin(limits.senders())
                ? takeRequest()
                : Verdict.refused(AdmissionRefusals.senderNotAllowed());
    }

    /** Counts a request for its sender, or refuses it where the sender has sent too many. */
    public Verdict<SenderPath> takeRequest() {
        int limit = limits.perSender();
        Verdict<SenderPath> verdict = Verdict.allowed(path);
        if (limit > 0) {
            for (String sender : path.counted()) {
                verdict = verdict.then(allowed -> take(of(sender), limit, limit, LimitSettings.PER_SENDER.key()));
            }
        }
        return verdict;
    }

    /**
     * Counts a request that creates a client for the realm, or refuses it where all senders together have sent too many.
     *
     * @param trusted whether an administrator stands behind the request: these never share with anonymous senders
     */
    public Verdict<SenderPath> takeNewcomer(boolean trusted) {
        int limit = limits.perRealm();
        if (limit == 0) {
            return Verdict.allowed(path);
        }
        int share = trusted ? limit : new FairShare(limit).limitAfter(sent());
        return take(trusted ? "trusted" : "realm", limit, share, LimitSettings.PER_REALM.key());
    }

    /**
     * Counts a request whose document is on {@code domain}, or refuses it where that domain has more new documents than its
     * share: its owner would otherwise use up the limit of the realm with the browsers of others.
     */
    public Verdict<SenderPath> takeDomain(String domain) {
        int limit = limits.perRealm();
        int share = new FairShare(limit).ofOneDomain();
        return limit == 0
                ? Verdict.allowed(path)
                : take("domain:" + domain, share, share, LimitSettings.PER_REALM.key() + ", a quarter for one domain,");
    }

    /** How many requests the sender has sent before this one. */
    private int sent() {
        return path.counted().stream()
                .map(sender -> session.getAttribute(key(of(sender), window.number(now)), Taken.class))
                .filter(Objects::nonNull)
                .mapToInt(taken -> Math.round(used(taken)))
                .max()
                .orElse(0);
    }

    private static String of(String sender) {
        return "sender:" + sender;
    }

    private Verdict<SenderPath> take(String counted, int limit, int share, String setting) {
        String attribute = key(counted, window.number(now));
        Taken taken = session.getAttribute(attribute, Taken.class);
        if (taken == null) {
            taken = mark(counted, limit, share);
            session.setAttribute(attribute, taken);
        }
        return used(taken) < share
                ? Verdict.allowed(path)
                : Verdict.refused(
                        AdmissionRefusals.tooMany(setting, window.wait(share, taken.before(), taken.present(), now)));
    }

    /** Sets the first free mark if it is within the share, and tells how many were set before. */
    private Taken mark(String counted, int limit, int share) {
        int before = firstFree(key(counted, window.number(now) - 1), limit);
        String key = key(counted, window.number(now));
        int present = firstFree(key, limit);
        while (window.used(before, present, now) < share && !marks.putIfAbsent(key + present, 2L * window.seconds())) {
            present++;
        }
        return new Taken(before, present);
    }

    private float used(Taken taken) {
        return (float) window.used(taken.before(), taken.present(), now);
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

    private String key(String counted, long number) {
        return String.join(
                ":", "mcp-rate", session.getContext().getRealm().getId(), counted, Long.toString(number), "");
    }
}
