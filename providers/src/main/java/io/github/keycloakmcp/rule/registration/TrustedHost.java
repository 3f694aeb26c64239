package io.github.keycloakmcp.rule.registration;

import java.util.Locale;
import java.util.regex.Pattern;

import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * A host that an administrator trusts to receive authorization codes: exactly one ({@code vscode.dev}), or all below a
 * domain ({@code *.example.com}, which does not include {@code example.com} itself). A port other than 443 is part of
 * the name ({@code app.example.com:8443}). With {@code http://} in front, exactly this host is trusted without encryption
 * ({@code http://automation:5678}), and not with it.
 *
 * @param pattern the lower-case host or {@code *.domain}, or {@code http://} and a host
 */
public record TrustedHost(String pattern) {

    /** Longest accepted host, as DNS has it (RFC 1035 section 2.3.4); the pattern is never tried on a longer one. */
    static final int MAX_LENGTH = 253;

    private static final String LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";

    private static final String PLAIN_HTTP = "http://";

    /** At least two labels below the asterisk, so that a whole top-level domain is not trusted by mistake. */
    private static final Pattern FORM =
            Pattern.compile("(\\*(\\." + LABEL + "){2,}|" + LABEL + "(\\." + LABEL + ")*)(:\\d{1,5})?");

    /** Reads a host as an administrator writes it. */
    public static Verdict<TrustedHost> parse(String written) {
        if (written.length() > MAX_LENGTH) {
            return malformed();
        }
        String pattern = written.toLowerCase(Locale.ROOT).replaceFirst(":443$", "");
        return FORM.matcher(pattern).matches() ? Verdict.allowed(new TrustedHost(pattern)) : malformed();
    }

    /** Reads a host where one without encryption may be listed as well, as {@code http://host}. */
    public static Verdict<TrustedHost> parseAlsoPlainHttp(String written) {
        if (!written.regionMatches(true, 0, PLAIN_HTTP, 0, PLAIN_HTTP.length())) {
            return parse(written);
        }
        String host = written.substring(PLAIN_HTTP.length()).replaceFirst(":80$", "");
        return parse(host)
                .then(parsed -> host.startsWith("*") || host.endsWith(":443")
                        ? malformed()
                        : Verdict.allowed(new TrustedHost(PLAIN_HTTP + parsed.pattern())));
    }

    /** Tells whether the host is trusted without encryption, so that codes can be read in transit. */
    public boolean isPlainHttp() {
        return pattern.startsWith(PLAIN_HTTP);
    }

    /** Tells whether {@code host} (lower case, with the port where it is not 443) is trusted. */
    public boolean trusts(String host) {
        return pattern.startsWith("*.")
                ? host.length() > pattern.length() - 1 && host.endsWith(pattern.substring(1))
                : host.equals(pattern);
    }

    private static Verdict<TrustedHost> malformed() {
        return Verdict.refused(InvalidMetadata.metadata(
                RefusalCode.SETTING_MALFORMED,
                "a trusted host must be a host name or *.domain, without scheme and path",
                "malformed trusted host"));
    }
}
