package io.github.keycloakmcp.rule;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which host names mean "this computer", where plain http is safe because nothing leaves the machine.
 *
 * <p>Decided from the text alone; nothing is ever resolved, so a name that points to 127.0.0.1 today and elsewhere
 * tomorrow is no loopback name.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-7.3">RFC 8252, section 7.3</a>
 */
public final class Loopback {

    /** 127.0.0.0/8 in plain dotted decimal; octal, hexadecimal and short forms are read differently by different programs. */
    private static final Pattern IPV4 = Pattern.compile("127(\\.(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])){3}");

    private Loopback() {}

    /** Tells whether {@code host}, as written in a URI (IPv6 in brackets), is the loopback interface. */
    public static boolean isLoopback(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.equals("localhost")
                || lower.equals("[::1]")
                || (lower.startsWith("127.") && IPV4.matcher(lower).matches());
    }
}
