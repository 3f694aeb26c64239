package io.github.keycloakmcp.rule.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** A block of IP addresses, as {@code 10.0.0.0/8} writes it. */
final class Prefix {

    private final byte[] start;
    private final int length;

    private Prefix(byte[] start, int length) {
        this.start = start;
        this.length = length;
    }

    static List<Prefix> all(String... blocks) {
        return Stream.of(blocks).map(Prefix::parse).toList();
    }

    static Prefix parse(String block) {
        int slash = block.indexOf('/');
        try {
            // An address literal: nothing is looked up.
            byte[] start = InetAddress.getByName(block.substring(0, slash)).getAddress();
            return new Prefix(start, Integer.parseInt(block.substring(slash + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(block, e);
        }
    }

    boolean contains(byte[] address) {
        if (address.length != start.length) {
            return false;
        }
        for (int bit = 0; bit < length; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if ((address[bit / Byte.SIZE] & mask) != (start[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
