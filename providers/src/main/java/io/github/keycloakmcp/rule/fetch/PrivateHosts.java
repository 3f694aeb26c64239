package io.github.keycloakmcp.rule.fetch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.keycloakmcp.rule.Refusal;

/**
 * The hosts in private networks that an administrator has listed, each with its own addresses. Without the addresses, one
 * listed name would let its DNS server choose any machine of the network.
 *
 * @param addresses the address blocks by host (lower case, with the port where it is not 443)
 */
public record PrivateHosts(Map<String, AddressBlocks> addresses) {

    /** For realms that list none. */
    public static final PrivateHosts NONE = new PrivateHosts(Map.of());

    private static final String LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";

    /** {@code documents.corp.example=10.1.2.3}, or a block; several entries of one host add up. */
    private static final Pattern ENTRY = Pattern.compile("(" + LABEL + "(\\." + LABEL + ")+(:\\d{1,5})?)=(\\S+)");

    private static final int LONGEST = 400;

    public PrivateHosts {
        addresses = Map.copyOf(addresses);
    }

    /** Reads entries; {@code invalid} receives each that is malformed, or that names addresses that may never be called. */
    public static PrivateHosts parse(List<String> entries, Consumer<String> invalid) {
        Map<String, AddressBlocks> hosts = new LinkedHashMap<>();
        for (String entry : entries) {
            Matcher form = ENTRY.matcher(entry.toLowerCase(Locale.ROOT));
            if (entry.length() > LONGEST || !form.matches()) {
                invalid.accept(
                        "not host=address, for example documents.corp.example=10.1.2.3: " + Refusal.excerpt(entry));
                continue;
            }
            AddressBlocks.privateOnly(form.group(form.groupCount()))
                    .ifPresentOrElse(
                            blocks -> hosts.merge(form.group(1).replaceFirst(":443$", ""), blocks, AddressBlocks::and),
                            () -> invalid.accept(
                                    "not an address or a block of a private network (10.0.0.0/8, 172.16.0.0/12, "
                                            + "192.168.0.0/16, 100.64.0.0/10, fc00::/7): " + Refusal.excerpt(entry)));
        }
        return new PrivateHosts(hosts);
    }

    /** Tells whether {@code host} is listed. */
    public boolean contains(String host) {
        return addresses.containsKey(host);
    }

    /** The addresses beyond public ones at which {@code host} may be called. */
    public AddressBlocks of(String host) {
        return addresses.getOrDefault(host, AddressBlocks.NONE);
    }
}
