package io.github.keycloakmcp.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.keycloakmcp.platform.Setting;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.SenderRange;
import org.keycloak.component.ComponentModel;

/**
 * The settings that say how many may register, and from where.
 *
 * @param senders from where clients may register; empty for anywhere
 * @param perSender how many registrations one sender may try in a window; 0 for no limit
 * @param perRealm how many all senders together may; 0 for no limit
 * @param window length of a window in seconds
 * @param maxClients how many clients that came by themselves the realm holds; 0 for no limit
 */
public record LimitSettings(List<SenderRange> senders, int perSender, int perRealm, int window, int maxClients) {

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
            "Maximum number of registration attempts from one IP address (IPv6: from one /64 network) within the rate limit "
                    + "window. All users behind one address share it. 0 means no limit.",
            100);

    public static final Setting<Integer> PER_REALM = Setting.number(
            "registrations-per-realm",
            "Registrations per realm",
            "Maximum number of registration attempts from all addresses together within the rate limit window. 0 means no "
                    + "limit.",
            1_000);

    static final Setting<Integer> WINDOW = Setting.number(
            "registration-window",
            "Rate limit window (seconds)",
            "Time after which the two limits on registration attempts start again. The nodes of a cluster count together.",
            60);

    static final Setting<Integer> MAX_CLIENTS = Setting.number(
            "max-clients",
            "Maximum number of self-registered clients",
            "Registration is closed when the realm has this many clients that registered themselves or were created from a "
                    + "metadata document. Clients of administrators do not count. 0 means no limit.",
            10_000);

    static final List<Setting<?>> SETTINGS = List.of(SENDERS, PER_SENDER, PER_REALM, WINDOW, MAX_CLIENTS);

    static LimitSettings of(ComponentModel policy, Consumer<String> invalid) {
        return new LimitSettings(
                ranges(SENDERS.in(policy, invalid), invalid),
                PER_SENDER.in(policy, invalid),
                PER_REALM.in(policy, invalid),
                Math.max(1, WINDOW.in(policy, invalid)),
                MAX_CLIENTS.in(policy, invalid));
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
