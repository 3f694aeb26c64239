package io.github.keycloakmcp.fetch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import io.github.keycloakmcp.rule.JsonMediaType;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.HttpStatus;

/** Reads an answer, no further than it can be a JSON document of bounded size. */
final class AnswerReader {

    private static final int TOO_MANY_REQUESTS = 429;

    static final int MAX_LENGTH = 64 * 1024;

    private AnswerReader() {}

    static FetchAnswer read(HttpResponse response, boolean conditional) throws IOException {
        Map<String, String> headers = headers(response);
        int status = response.getStatusLine().getStatusCode();
        if (status == HttpStatus.SC_NOT_MODIFIED && conditional) {
            return new FetchAnswer.Unchanged(headers);
        }
        if (status != HttpStatus.SC_OK) {
            boolean temporary = status >= HttpStatus.SC_INTERNAL_SERVER_ERROR
                    || status == HttpStatus.SC_REQUEST_TIMEOUT
                    || status == TOO_MANY_REQUESTS;
            return new FetchAnswer.Failure("answered with status " + status, temporary);
        }
        if (!JsonMediaType.matches(headers.getOrDefault("content-type", ""))) {
            return new FetchAnswer.Failure("Content-Type is not JSON", false);
        }
        if (!headers.getOrDefault("content-encoding", "identity").equalsIgnoreCase("identity")) {
            return new FetchAnswer.Failure("compressed, which was not requested", false);
        }
        return body(response.getEntity(), headers);
    }

    private static FetchAnswer body(HttpEntity entity, Map<String, String> headers) throws IOException {
        // Never closed: closing reads on to the end, and some have none. The connection is closed instead.
        byte[] bytes = entity.getContent().readNBytes(MAX_LENGTH + 1);
        return bytes.length > MAX_LENGTH
                ? new FetchAnswer.Failure("longer than " + MAX_LENGTH + " bytes", false)
                : new FetchAnswer.Content(new String(bytes, StandardCharsets.UTF_8), headers);
    }

    private static Map<String, String> headers(HttpResponse response) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getAllHeaders()) {
            String value = header.getValue() == null ? "" : header.getValue();
            headers.merge(header.getName().toLowerCase(Locale.ROOT), value, (first, more) -> first + ", " + more);
        }
        return headers;
    }
}
