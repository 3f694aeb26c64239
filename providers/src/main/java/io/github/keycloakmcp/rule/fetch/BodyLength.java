package io.github.keycloakmcp.rule.fetch;

import java.net.ProtocolException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the end of a response's content is found. A response that tells two lengths is rejected, even if they agree: programs on
 * the way may have read the other one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-6.3">RFC 9112, section 6.3</a>
 */
public sealed interface BodyLength {

    /** In chunks, each with its length. */
    record Chunked() implements BodyLength {

        private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,8})[ \\t]*(?:;[^\\p{Cntrl}]*)?");
        private static final int HEXADECIMAL = 16;

        /**
         * Reads the line before a chunk. Extensions have no meaning here.
         *
         * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112, section 7.1</a>
         */
        public static long chunk(String line) throws ProtocolException {
            Matcher chunk = CHUNK.matcher(line);
            if (!chunk.matches()) {
                throw new ProtocolException("not the length of a chunk");
            }
            return Long.parseLong(chunk.group(1), HEXADECIMAL);
        }
    }

    /** After that many bytes. */
    record Exactly(long bytes) implements BodyLength {

        private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

        private static Exactly parse(String length) throws ProtocolException {
            if (!DIGITS.matcher(length).matches()) {
                throw new ProtocolException("not one Content-Length");
            }
            return new Exactly(Long.parseLong(length));
        }
    }

    /** Where the host closes the connection. */
    record UntilClosed() implements BodyLength {}

    /** Decides by the header fields of a response that has content. */
    static BodyLength of(ResponseHead head) throws ProtocolException {
        String coding = head.headers().get("transfer-encoding");
        String length = head.headers().get("content-length");
        if (coding != null) {
            if (length != null) {
                throw new ProtocolException("Content-Length beside Transfer-Encoding");
            }
            if (head.minor() == 0 || !coding.equalsIgnoreCase("chunked")) {
                throw new ProtocolException("a Transfer-Encoding that was not requested");
            }
            return new Chunked();
        }
        return length == null ? new UntilClosed() : Exactly.parse(length);
    }
}
