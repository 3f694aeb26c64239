package io.github.keycloakmcp.rule.registration;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * A range of addresses from which clients may register, in CIDR notation; one address is a range as well.
 *
 * @param network any address of the range
 * @param bits how many leading bits an address has in common with it
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4632#section-3.1">RFC 4632, section 3.1</a>
 */
public record SenderRange(InetAddress network, int bits) {

    private static final Pattern FORM = Pattern.compile("([^/]+)(?:/(\\d{1,3}))?");

    /** Reads a range as an administrator writes it. */
    public static Verdict<SenderRange> parse(String written) {
        Matcher form = FORM.matcher(written);
        InetAddress network = form.matches() ? Sender.literal(form.group(1)) : null;
        if (network == null) {
            return malformed();
        }
        int all = network.getAddress().length * Byte.SIZE;
        int bits = form.group(2) == null ? all : Integer.parseInt(form.group(2));
        return bits <= all ? Verdict.allowed(new SenderRange(network, bits)) : malformed();
    }

    /** Tells whether {@code sender} is within; one without an address is in no range. */
    public boolean contains(Sender sender) {
        InetAddress address = sender.address();
        if (address == null) {
            return false;
        }
        byte[] one = network.getAddress();
        byte[] other = address.getAddress();
        int rest = one.length * Byte.SIZE - bits;
        return one.length == other.length
                && new BigInteger(1, one).shiftRight(rest).equals(new BigInteger(1, other).shiftRight(rest));
    }

    private static Verdict<SenderRange> malformed() {
        return Verdict.refused(InvalidMetadata.metadata(
                RefusalCode.SETTING_MALFORMED,
                "an allowed address must be an IP address or a range such as 10.0.0.0/8",
                "malformed range"));
    }
}
