package io.github.keycloakmcp.rule.resource;

import java.util.regex.Pattern;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;

/**
 * A pattern for the MCP servers of one host, such as {@code https://gateway.example.com/{id}/mcp}. Without it a gateway with a
 * path for each tenant has to be declared anew for each one. A pattern never becomes an audience: the URI that was requested
 * does, so a token for one tenant is worth nothing at another.
 *
 * @param before the canonical text before the placeholder
 * @param after the text behind it
 */
record ServerPattern(String before, String after) {

    private static final String PLACEHOLDER = "{id}";

    /** One path segment; a dot alone, or two, would name another path. */
    private static final Pattern SEGMENT = Pattern.compile("(?!\\.{1,2}\\z)[A-Za-z0-9._~-]{1,128}");

    /** Reads a pattern as an administrator writes it. */
    static Verdict<ServerPattern> parse(String written) {
        int at = written.indexOf(PLACEHOLDER);
        int end = at + PLACEHOLDER.length();
        int path = written.indexOf('/', written.indexOf("://") + 3);
        boolean segment = path > 0
                && path < at
                && written.charAt(at - 1) == '/'
                && (end == written.length() || written.charAt(end) == '/')
                && written.indexOf(PLACEHOLDER, end) < 0;
        if (!segment) {
            return refused(written);
        }
        String example = written.substring(0, at) + "x" + written.substring(end);
        return ResourceIndicator.parse(example)
                .then(resource -> resource.canonical().equals(example)
                        ? Verdict.allowed(new ServerPattern(written.substring(0, at), written.substring(end)))
                        : refused(written));
    }

    /** Tells whether the URI is written exactly as the pattern says; another spelling would be another audience. */
    boolean matches(ResourceIndicator indicator) {
        String uri = indicator.written();
        int end = uri.length() - after.length();
        return uri.equals(indicator.canonical())
                && end > before.length()
                && uri.startsWith(before)
                && uri.endsWith(after)
                && SEGMENT.matcher(uri.substring(before.length(), end)).matches();
    }

    private static Verdict<ServerPattern> refused(String written) {
        return Verdict.refused(InvalidTarget.because(
                RefusalCode.RESOURCE_MALFORMED,
                "a server pattern must be a URI in lower case with one {id} as a segment of its path: "
                        + Refusal.excerpt(written),
                "server pattern is malformed"));
    }
}
