package io.github.keycloakmcp.fetch;

import java.util.Optional;

import org.apache.http.conn.util.PublicSuffixMatcher;
import org.apache.http.conn.util.PublicSuffixMatcherLoader;

/**
 * The domain that was registered for a host, {@code example.com} for {@code a.b.example.com}: its owner makes as many names
 * below it as it likes. A domain that gives names to everybody, such as {@code github.io}, is one domain too, because an attacker
 * gets as many of these.
 *
 * @see <a href="https://publicsuffix.org/">Public Suffix List</a>
 */
public final class RegistrableDomain {

    private static final PublicSuffixMatcher SUFFIXES = PublicSuffixMatcherLoader.getDefault();

    private RegistrableDomain() {}

    /**
     * The domain of a host.
     *
     * @param host its name in lower case, with or without a port
     */
    public static String of(String host) {
        String name = host.replaceFirst(":\\d*$", "");
        return Optional.ofNullable(SUFFIXES.getDomainRoot(name)).orElse(name);
    }
}
