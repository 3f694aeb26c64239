package io.github.keycloakmcp.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.keycloakmcp.platform.Setting;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.RoomRule;
import io.github.keycloakmcp.rule.registration.SenderRange;
import org.keycloak.component.ComponentModel;

/**
 * The settings that say how many may register, and from where.
 *
 * @param senders from where clients may register; empty for anywhere
 * @param perSender how many registrations one sender may try in a window; 0 for no limit
 * @param perRealm how many all senders together may; 0 for no limit
 * @param window length of a window in seconds
 * @param maxClients how many self-registered clients the realm holds; 0 for no limit
 * @param maxNeverUsed how many of these may never have been used; 0 for no limit
 */
public record LimitSettings(
        List<SenderRange> senders, int perSender, int perRealm, int window, int maxClients, int maxNeverUsed) {

    static final Setting<List<String>> SENDERS = Setting.words(
            "allowed-senders",
            "Allowed addresses",
            "IP addresses or ranges from which clients may register, for example 10.0.0.0/8 or 2001:db8::/32. Hosted clients "
                    + "register from the addresses of their vendor. Behind a reverse proxy, set the server option "
                    + "proxy-headers.",
            "If empty, clients may register from any address.");

    public static final Setting<Integer> PER_SENDER = Setting.number(
            "registrations-per-sender",
            "Registrations per IP address",
            "Maximum number of registrations and new metadata documents from one IP address (IPv6: from one /64 network) "
                    + "within the rate limit window. All users behind one address share it. 0 means no limit.",
            100);

    public static final Setting<Integer> PER_REALM = Setting.number(
            "registrations-per-realm",
            "Registrations per realm",
            "Maximum number of new clients from all addresses together within the rate limit window. The last 60 % are "
                    + "for addresses that have sent nothing else in that time. 0 means no limit.",
            2_000);

    static final Setting<Integer> WINDOW = Setting.number(
            "registration-window",
            "Rate limit window (seconds)",
            "The two limits apply to the last so many seconds. The nodes of a cluster count together.",
            60);

    static final Setting<Integer> MAX_CLIENTS = Setting.number(
            "max-clients",
            "Maximum number of self-registered clients",
            "Maximum number of clients that registered themselves or were created from a metadata document. For one more, "
                    + "the oldest one is removed that was never used; if all are in use, registration is closed. Clients of "
                    + "administrators do not count. 0 means no limit.",
            10_000);

    static final Setting<Integer> MAX_NEVER_USED = Setting.number(
            "max-never-used-clients",
            "Maximum number of never-used clients",
            "Maximum number of self-registered clients that no user has logged in with. For one more, the oldest of them is "
                    + "removed. 0 means no limit.",
            5_000);

    static final List<Setting<?>> SETTINGS =
            List.of(SENDERS, PER_SENDER, PER_REALM, WINDOW, MAX_CLIENTS, MAX_NEVER_USED);

    static LimitSettings of(ComponentModel policy, Consumer<String> invalid) {
        return new LimitSettings(
                ranges(SENDERS.in(policy, invalid), invalid),
                PER_SENDER.in(policy, invalid),
                PER_REALM.in(policy, invalid),
                Math.max(1, WINDOW.in(policy, invalid)),
                MAX_CLIENTS.in(policy, invalid),
                MAX_NEVER_USED.in(policy, invalid));
    }

    /** How many clients there may be. */
    public RoomRule room() {
        return new RoomRule(maxClients, maxNeverUsed);
    }

    /** The lower ones of these and {@code other} limits, where both apply to one request. */
    public LimitSettings and(LimitSettings other) {
        return new LimitSettings(
                senders,
                lower(perSender, other.perSender),
                lower(perRealm, other.perRealm),
                window,
                lower(maxClients, other.maxClients),
                lower(maxNeverUsed, other.maxNeverUsed));
    }

    private static int lower(int one, int other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }

    private static List<SenderRange> ranges(List<String> written, Consumer<String> invalid) {
        List<SenderRange> ranges = new ArrayList<>();
        for (String range : written) {
            if (SenderRange.parse(range) instanceof Verdict.Allowed<SenderRange> allowed) {
                ranges.add(allowed.value());
            } else {
                invalid.accept(SENDERS.key() + ": not a range of addresses: " + Refusal.excerpt(range));
            }
        }
        return ranges;
    }
}
