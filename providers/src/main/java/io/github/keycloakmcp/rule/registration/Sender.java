package io.github.keycloakmcp.rule.registration;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, as far as the network tells: the address that the server sees, which behind a reverse proxy is the one
 * that the proxy forwards.
 *
 * @param address absent where the server knows none
 */
public record Sender(@Nullable InetAddress address) {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final int MAX_OCTET = 255;
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** What one household or office is given of the IPv6 address space (RFC 6177), in bytes. */
    private static final int NETWORK = 8;

    /** Reads a literal address; a name is never looked up. */
    public static Sender of(@Nullable String text) {
        return new Sender(text == null ? null : literal(text));
    }

    static @Nullable InetAddress literal(String text) {
        String plain = text.replaceFirst("%.*", "").replaceFirst("^\\[(.*)]$", "$1");
        try {
            if (IPV4.matcher(plain).matches()) {
                return ipv4(plain.split("\\."));
            }
            // In brackets it is an address or an error: without them Java asks a name server for what it cannot read.
            return IPV6.matcher(plain).matches() ? InetAddress.getByName("[" + plain + "]") : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static @Nullable InetAddress ipv4(String[] octets) throws UnknownHostException {
        byte[] address = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            int octet = Integer.parseInt(octets[i]);
            if (octet > MAX_OCTET) {
                return null;
            }
            address[i] = (byte) octet;
        }
        return InetAddress.getByAddress(address);
    }

    /** What is counted as one sender: an IPv4 address, or an IPv6 network of 64 bits, within which one network can choose freely. */
    public String counted() {
        if (address == null) {
            return "unknown";
        }
        return address instanceof Inet4Address
                ? address.getHostAddress()
                : HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK));
    }
}
