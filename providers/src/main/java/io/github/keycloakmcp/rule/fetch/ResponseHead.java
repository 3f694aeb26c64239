package io.github.keycloakmcp.rule.fetch;

import java.net.ProtocolException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status line and header section of an HTTP/1 response. Anything that the grammar does not allow is an error: a host that does
 * not speak HTTP has no document.
 *
 * @param minor minor version, 0 for HTTP/1.0
 * @param status status code
 * @param headers header fields by their names in lower case; the values of repeated fields are joined with a comma
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-4">RFC 9112, sections 4 and 5</a>
 */
public record ResponseHead(int minor, int status, Map<String, String> headers) {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.(\\d) ([1-5]\\d\\d)(?: [^\\p{Cntrl}]*)?");
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[^\\p{Cntrl}]*");
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int FIRST_FINAL = 200;
    private static final int FIRST_REDIRECT = 300;

    public ResponseHead {
        headers = Map.copyOf(headers);
    }

    /**
     * Reads a status line and the header section that follows it.
     *
     * @param lines without their ends, folded ones already joined
     */
    public static ResponseHead parse(List<String> lines) throws ProtocolException {
        Matcher status = STATUS_LINE.matcher(lines.isEmpty() ? "" : lines.get(0));
        if (!status.matches()) {
            throw new ProtocolException("not an HTTP/1 status line");
        }
        Map<String, String> headers = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(colon, 0));
            String value = withoutBlanks(line.substring(colon + 1)).replace('\t', ' ');
            if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
                throw new ProtocolException("not a header field");
            }
            headers.merge(name.toLowerCase(Locale.ROOT), value, (first, more) -> first + ", " + more);
        }
        return new ResponseHead(Integer.parseInt(status.group(1)), Integer.parseInt(status.group(2)), headers);
    }

    /** A text without blanks and tabs around it. Java's {@code strip} would also remove control characters, which are not allowed. */
    public static String withoutBlanks(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t';
    }

    /** Whether another response follows, such as early hints (RFC 9110, section 15.2). */
    public boolean isInterim() {
        return status < FIRST_FINAL && status != SWITCHING_PROTOCOLS;
    }

    /** Whether the request succeeded (RFC 9110, section 15.3). */
    public boolean isSuccessful() {
        return status >= FIRST_FINAL && status < FIRST_REDIRECT;
    }

    /** The value of a header field, or {@code otherwise} where the response does not have it. */
    public String header(String name, String otherwise) {
        return headers.getOrDefault(name, otherwise);
    }
}
