package io.github.keycloakmcp.rule.fetch;

import java.util.Arrays;
import java.util.List;

/**
 * Decides whether an IP address is one on the Internet. A URL that a stranger names must never make the server call
 * anything else: its own network, its own computer, or the metadata service of its cloud.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6890">RFC 6890</a> and IANA's special-purpose address registries
 */
public final class PublicAddress {

    private static final int IPV4 = 4;
    private static final int IPV6 = 16;

    private static final List<Prefix> SPECIAL_IPV4 = Prefix.all(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // carrier-grade NAT; Alibaba Cloud's metadata service
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // Azure's own services: a public address with a private meaning
            "169.254.0.0/16", // link-local; the metadata service of most clouds
            "172.16.0.0/12", // private
            "192.0.0.0/24", // IETF protocol assignments; Oracle Cloud's metadata service
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, broadcast

    /** All that is assigned for the Internet; what is outside is special, or will be. */
    private static final Prefix GLOBAL_IPV6 = Prefix.parse("2000::/3");

    private static final List<Prefix> SPECIAL_IPV6 = Prefix.all(
            "2001::/23", // IETF protocol assignments: Teredo, benchmarks, ORCHID
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4, which carries an IPv4 address
            "3fff::/20"); // documentation

    /** NAT64's own block: how a network without IPv4 writes an IPv4 address (RFC 6052). */
    private static final Prefix NAT64 = Prefix.parse("64:ff9b::/96");

    private PublicAddress() {}

    /** Tells whether {@code address}, in network byte order, is on the Internet. */
    public static boolean isPublic(byte[] address) {
        if (address.length == IPV4) {
            return SPECIAL_IPV4.stream().noneMatch(block -> block.contains(address));
        }
        if (address.length != IPV6) {
            return false;
        }
        if (NAT64.contains(address) || isMapped(address)) {
            return isPublic(Arrays.copyOfRange(address, IPV6 - IPV4, IPV6));
        }
        return GLOBAL_IPV6.contains(address)
                && SPECIAL_IPV6.stream().noneMatch(block -> block.contains(address))
                && !isIsatap(address);
    }

    /** {@code ::ffff:a.b.c.d}, which Java reads as an IPv4 address wherever it can, and others may not. */
    private static boolean isMapped(byte[] address) {
        byte[] start = new byte[IPV6 - IPV4];
        start[10] = (byte) 0xff;
        start[11] = (byte) 0xff;
        return Arrays.equals(start, Arrays.copyOf(address, start.length));
    }

    /** An interface identifier that tunnels to an IPv4 address (RFC 5214). */
    private static boolean isIsatap(byte[] address) {
        return (address[8] & 0xfd) == 0 && address[9] == 0 && address[10] == 0x5e && address[11] == (byte) 0xfe;
    }
}
