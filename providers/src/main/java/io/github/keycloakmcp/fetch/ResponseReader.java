package io.github.keycloakmcp.fetch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.keycloakmcp.rule.fetch.BodyLength;
import io.github.keycloakmcp.rule.fetch.ResponseHead;

/**
 * Reads HTTP/1 responses from a host that may send anything, for ever. Everything has a limit: a line, the fields of a section,
 * all lines together, and the content, of which a caller says how much it takes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
final class ResponseReader {

    static final int MAX_LINE = 8192;
    static final int MAX_HEADERS = 100;

    /** Most bytes that are not content: heads, early hints, lengths of chunks, trailers. */
    static final int MAX_LINES = 128 * 1024;

    private final InputStream in;
    private int linesLeft = MAX_LINES;

    ResponseReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** The head of the final response; interim ones are skipped. */
    ResponseHead head() throws IOException {
        ResponseHead head = next();
        while (head.isInterim()) {
            head = next();
        }
        return head;
    }

    private ResponseHead next() throws IOException {
        String status = line();
        ResponseHead.parse(List.of(status)); // the rest is not read where this is another protocol
        List<String> lines = section();
        lines.add(0, status);
        return ResponseHead.parse(lines);
    }

    /** The content of a response, no more than {@code most} bytes of it; fails where it ends before it is complete. */
    byte[] body(ResponseHead head, int most) throws IOException {
        BodyLength length = BodyLength.of(head);
        if (length instanceof BodyLength.Exactly exactly) {
            return bytes(Math.min(exactly.bytes(), most));
        }
        return length instanceof BodyLength.Chunked ? chunks(most) : in.readNBytes(most);
    }

    private byte[] chunks(int most) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (long size = BodyLength.Chunked.chunk(line()); size > 0; size = BodyLength.Chunked.chunk(line())) {
            body.write(bytes(Math.min(size, most - body.size())));
            if (body.size() == most) {
                return body.toByteArray();
            }
            if (!line().isEmpty()) {
                throw new ProtocolException("a chunk is longer than it says");
            }
        }
        section(); // trailers, of which none has a meaning for a document
        return body.toByteArray();
    }

    private byte[] bytes(long count) throws IOException {
        byte[] bytes = in.readNBytes(Math.toIntExact(count));
        if (bytes.length < count) {
            throw new EOFException("ends in the middle");
        }
        return bytes;
    }

    /** Lines up to an empty one. A line that begins with a space belongs to the one before (RFC 9112, section 5.2). */
    private List<String> section() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int last = lines.size() - 1;
            if (last >= 0 && (line.charAt(0) == ' ' || line.charAt(0) == '\t')) {
                lines.set(last, joined(lines.get(last), ResponseHead.withoutBlanks(line)));
            } else if (lines.size() < MAX_HEADERS) {
                lines.add(line);
            } else {
                throw new ProtocolException("too many header fields");
            }
        }
        return lines;
    }

    private static String joined(String field, String more) throws ProtocolException {
        if (field.length() + more.length() >= MAX_LINE) {
            throw new ProtocolException("header too long");
        }
        return field + " " + more;
    }

    /** A line without its end: CR and LF, or LF alone (RFC 9112, section 2.2). */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("ends in the middle");
            }
            if (line.size() == MAX_LINE || --linesLeft < 0) {
                throw new ProtocolException("header too long");
            }
            line.write(c);
        }
        linesLeft--;
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
