package io.github.keycloakmcp.rule.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Blocks of addresses in private networks (RFC 1918, RFC 4193, RFC 6598). Nothing else can be one: a loopback address, a
 * link-local one, and with it the metadata service of a cloud, is never called for a document.
 *
 * @param blocks as written, each {@code address/length}
 */
public record AddressBlocks(List<String> blocks) {

    /** No address. */
    public static final AddressBlocks NONE = new AddressBlocks(List.of());

    private static final List<Prefix> PRIVATE =
            Prefix.all("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");

    /** Shortest prefix of each of the above, so that a block never reaches beyond it. */
    private static final List<Integer> SHORTEST = List.of(8, 12, 16, 10, 7);

    private static final Pattern FORM = Pattern.compile("([0-9.]{7,15}|[0-9a-f:]{2,39})(?:/(\\d{1,3}))?");

    public AddressBlocks {
        blocks = List.copyOf(blocks);
    }

    /** Reads an address or a block; nothing where it is not one of a private network. */
    public static Optional<AddressBlocks> privateOnly(String written) {
        Matcher form = FORM.matcher(written);
        if (!form.matches() || !(form.group(1).contains(":") || form.group(1).matches("\\d+(\\.\\d+){3}"))) {
            return Optional.empty();
        }
        try {
            // An address literal: nothing is looked up.
            byte[] start = InetAddress.getByName(form.group(1)).getAddress();
            int longest = start.length * Byte.SIZE;
            int length = form.group(2) == null ? longest : Integer.parseInt(form.group(2));
            return length <= longest && isPrivate(start, length)
                    ? Optional.of(new AddressBlocks(List.of(form.group(1) + "/" + length)))
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** These blocks and others. */
    public AddressBlocks and(AddressBlocks others) {
        return new AddressBlocks(Stream.concat(blocks.stream(), others.blocks.stream())
                .distinct()
                .toList());
    }

    /** Tells whether {@code address}, in network byte order, is in one of the blocks. */
    public boolean contains(byte[] address) {
        return blocks.stream().map(Prefix::parse).anyMatch(block -> block.contains(address));
    }

    private static boolean isPrivate(byte[] start, int length) {
        for (int i = 0; i < PRIVATE.size(); i++) {
            if (PRIVATE.get(i).contains(start) && length >= SHORTEST.get(i)) {
                return true;
            }
        }
        return false;
    }
}
