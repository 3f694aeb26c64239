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
            "Allowed senders",
            "Addresses from which clients may register, each an address or a range (10.0.0.0/8, 2001:db8::/32); empty for "
                    + "anywhere. Hosted clients register from their vendor's addresses. Behind a reverse proxy Keycloak has to "
                    + "be told to trust its headers (proxy-headers).");

    public static final Setting<Integer> PER_SENDER = Setting.number(
            "registrations-per-sender",
            "Registrations per sender",
            "How many registrations one address (IPv6: one network of 64 bits) may try within the window, accepted or not; "
                    + "0 for no limit. All users behind one address share it.",
            100);

    public static final Setting<Integer> PER_REALM = Setting.number(
            "registrations-per-realm",
            "Registrations per realm",
            "How many registrations all senders together may try within the window; 0 for no limit.",
            1_000);

    static final Setting<Integer> WINDOW = Setting.number(
            "registration-window",
            "Window of the two limits",
            "Length of the window in seconds after which both limits start anew. The nodes of a cluster count together.",
            60);

    static final Setting<Integer> MAX_CLIENTS = Setting.number(
            "max-clients",
            "Most clients that came by themselves",
            "Registration stops when the realm has this many clients that registered or came by a metadata document; clients "
                    + "of administrators do not count. 0 for no limit.",
            10_000);

    static final List<Setting<?>> SETTINGS = List.of(SENDERS, PER_SENDER, PER_REALM, WINDOW, MAX_CLIENTS);

    static LimitSettings of(ComponentModel policy, Consumer<String> invalid) {
        return new LimitSettings(
                ranges(SENDERS.in(policy), invalid),
                PER_SENDER.in(policy),
                PER_REALM.in(policy),
                Math.max(1, WINDOW.in(policy)),
                MAX_CLIENTS.in(policy));
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
