package io.github.keycloakmcp.rule.registration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The addresses that a request names as its way to the server. Keycloak takes the first one that a reverse proxy forwards for
 * the client, but where a proxy adds to the header field instead of replacing it, the client has written that one itself.
 * Only the last one is then the proxy's word. So where there are several, a limit counts the first and the last, and an
 * allowed range has to hold all of them.
 *
 * @param hops the addresses, the client's first; at least one
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239#section-8.1">RFC 7239, section 8.1</a>
 */
public record SenderPath(List<Sender> hops) {

    /** Longer ways are none: each entry costs time, and any client may write them. */
    private static final int MAX_HOPS = 20;

    private static final Pattern FOR = Pattern.compile("(?i)(?:^|[;\\s])for=\"?([^\";]*)\"?");
    private static final Pattern IPV4_PORT = Pattern.compile("([\\d.]+):\\d{1,5}");
    private static final Pattern IPV6_PORT = Pattern.compile("(\\[[^\\]]*]):\\d{1,5}");

    public SenderPath {
        hops = List.copyOf(hops);
    }

    /**
     * Reads the way of a request.
     *
     * @param remote the address that Keycloak takes for the client's
     * @param forwardedFor the lines of the header field {@code X-Forwarded-For}
     * @param forwarded the lines of the header field {@code Forwarded} (RFC 7239)
     */
    public static SenderPath of(@Nullable String remote, List<String> forwardedFor, List<String> forwarded) {
        Sender sender = Sender.of(remote);
        List<Sender> hops = new ArrayList<>(List.of(sender));
        add(hops, sender, entries(forwardedFor));
        add(hops, sender, entries(forwarded).stream().map(SenderPath::forMember).toList());
        return new SenderPath(hops);
    }

    /** What is counted as the senders of the request: one, or two where only one of two can be the client. */
    public Set<String> counted() {
        Set<String> counted = new LinkedHashSet<>();
        counted.add(hops.get(0).counted());
        counted.add(hops.get(hops.size() - 1).counted());
        return counted;
    }

    /**
     * Tells whether the client may have written the address that is taken for its own: a proxy has added another one behind it,
     * instead of replacing what it was sent.
     */
    public boolean isClientsWord() {
        return counted().size() > 1;
    }

    /** Tells whether every address is in one of the ranges. */
    public boolean isWithin(List<SenderRange> ranges) {
        return hops.stream().allMatch(hop -> ranges.stream().anyMatch(range -> range.contains(hop)));
    }

    /** A header field whose first address is not the one that Keycloak has taken is one that Keycloak does not trust. */
    private static void add(List<Sender> hops, Sender sender, List<String> named) {
        List<Sender> way = named.stream()
                .limit(MAX_HOPS + 1L)
                .map(SenderPath::withoutPort)
                .map(Sender::of)
                .toList();
        if (way.size() > 1 && way.get(0).equals(sender)) {
            hops.addAll(way.subList(1, way.size()));
            if (way.size() > MAX_HOPS) {
                hops.add(new Sender(null));
            }
        }
    }

    private static List<String> entries(List<String> lines) {
        return lines.stream()
                .flatMap(line -> Arrays.stream(line.split(",", MAX_HOPS + 2)))
                .map(String::strip)
                .toList();
    }

    private static String forMember(String entry) {
        Matcher member = FOR.matcher(entry);
        return member.find() ? member.group(1) : "";
    }

    private static String withoutPort(String hop) {
        for (Pattern form : List.of(IPV4_PORT, IPV6_PORT)) {
            Matcher matcher = form.matcher(hop);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return hop;
    }
}
