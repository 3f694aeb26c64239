package io.github.keycloakmcp.rule.fetch;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The domain that was registered for a host, {@code example.com} for {@code a.b.example.com}: its owner makes as many names
 * below it as it likes. A domain below which anyone gets a name, such as {@code github.io}, is one domain too, because an attacker
 * gets as many of these.
 *
 * @see <a href="https://publicsuffix.org/">Public Suffix List</a>
 */
public final class RegistrableDomain {

    private static final Pattern PORT = Pattern.compile(":\\d*$");
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9.]+");

    private RegistrableDomain() {}

    /**
     * The domain of a host. An IP address, a name of one label and a public suffix are their own.
     *
     * @param host its name, with or without a port
     */
    public static String of(String host) {
        String name = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
        if (ADDRESS.matcher(name).matches()) {
            return name;
        }
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        String below = name;
        String readable = IDN.toUnicode(name); // once: a stranger's host has up to 127 labels
        for (String suffix = name; !suffix.isEmpty(); suffix = parent(suffix), readable = parent(readable)) {
            if (PublicSuffixes.isException(readable)) {
                return suffix;
            }
            Optional<PublicSuffixes.Kind> kind = PublicSuffixes.kind(readable);
            if (kind.isPresent()) {
                return kind.get() == PublicSuffixes.Kind.REGISTRY ? below : owned(suffix, readable);
            }
            if (parent(suffix).isEmpty()) {
                return below; // a top-level domain that the list does not have has names of its own, as the list
                // demands
            }
            below = suffix;
        }
        return name;
    }

    /** Where a wildcard makes it a suffix, customers choose its first label as well. */
    private static String owned(String suffix, String readable) {
        return PublicSuffixes.isWritten(readable) ? suffix : parent(suffix);
    }

    private static String parent(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }
}
