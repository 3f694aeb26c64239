package io.github.keycloakmcp.rule;

import java.time.Duration;

/**
 * Why a request is refused: a code that never changes, a text for the client developer and one for the administrator.
 *
 * @param code names the reason in events, metrics, diagnosis and docs/refusals.md
 * @param error the OAuth error code, as registered by the specification in {@code section}
 * @param description what was refused and what is allowed; safe to send, at most {@value #MAX_DESCRIPTION} characters
 * @param detail which rule and setting decided; goes to the event and the log, never to the client
 * @param section the section of the standard that the refusal follows
 * @param status the HTTP status that carries it
 * @param retryAfter how long the client should wait before it tries again; zero where waiting does not help
 * @param role the role that the user or machine client does not have; empty where no role is missing
 */
public record Refusal(
        RefusalCode code,
        String error,
        String description,
        String detail,
        String section,
        int status,
        Duration retryAfter,
        String role) {

    /** Longest description sent to a client; long enough for one sentence, short enough not to carry a payload. */
    public static final int MAX_DESCRIPTION = 200;

    private static final int MAX_EXCERPT = 60;

    private static final int BAD_REQUEST = 400;

    /** Bounds and cleans the description, whatever a rule has put into it. */
    public Refusal {
        description = bounded(clean(description), MAX_DESCRIPTION);
    }

    /** A refusal of what the client asks for: 400, as most OAuth errors are answered. */
    public Refusal(RefusalCode code, String error, String description, String detail, String section) {
        this(code, error, description, detail, section, BAD_REQUEST, Duration.ZERO, "");
    }

    /** The same refusal, with the member of the client metadata that it is about. */
    public Refusal in(String member) {
        return new Refusal(code, error, member + ": " + description, detail, section, status, retryAfter, role);
    }

    /** The same refusal, told to the client with another error code. */
    public Refusal withError(String other) {
        return new Refusal(code, other, description, detail, section, status, retryAfter, role);
    }

    /** The same refusal, carried by another HTTP status. */
    public Refusal withStatus(int other) {
        return new Refusal(code, error, description, detail, section, other, retryAfter, role);
    }

    /** The same refusal, telling the client when to try again (RFC 9110 section 10.2.3). */
    public Refusal withRetryAfter(Duration wait) {
        return new Refusal(code, error, description, detail, section, status, wait, role);
    }

    /** The same refusal, naming the role that is missing, for the event. */
    public Refusal lacking(String missing) {
        return new Refusal(code, error, description, detail, section, status, retryAfter, missing);
    }

    /**
     * What may be shown of a value that the client sent: printable ASCII without quotes, angle brackets, ampersand and
     * backslash, cut to {@value #MAX_EXCERPT} characters. Anything else becomes a question mark.
     */
    public static String excerpt(String value) {
        StringBuilder shown = new StringBuilder();
        value.codePoints().limit(MAX_EXCERPT + 1L).forEach(c -> shown.appendCodePoint(isPlain(c) ? c : '?'));
        return bounded(shown.toString(), MAX_EXCERPT);
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        // RFC 6749 section 5.2: error_description is %x20-21 / %x23-5B / %x5D-7E.
        text.codePoints()
                .forEach(c -> clean.appendCodePoint(c >= 0x20 && c <= 0x7e && c != '"' && c != '\\' ? c : '?'));
        return clean.toString();
    }

    private static boolean isPlain(int c) {
        return c > 0x20 && c <= 0x7e && "\"'<>&\\`".indexOf(c) < 0;
    }

    private static String bounded(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max - 3) + "...";
    }
}
