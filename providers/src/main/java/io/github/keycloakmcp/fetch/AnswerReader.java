package io.github.keycloakmcp.fetch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.github.keycloakmcp.rule.JsonMediaType;
import io.github.keycloakmcp.rule.fetch.ResponseHead;

/** Reads an answer, no further than it can be a JSON document of bounded size. */
final class AnswerReader {

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    static final int MAX_LENGTH = 64 * 1024;

    private AnswerReader() {}

    static FetchAnswer read(ResponseReader response, boolean conditional) throws IOException {
        ResponseHead head = response.head();
        if (head.status() == NOT_MODIFIED && conditional) {
            return new FetchAnswer.Unchanged(head.headers());
        }
        if (head.status() != OK) {
            return failure("answered", head.status());
        }
        if (!JsonMediaType.matches(head.header("content-type", ""))) {
            return new FetchAnswer.Failure("Content-Type is not JSON", false);
        }
        if (!head.header("content-encoding", "identity").equalsIgnoreCase("identity")) {
            return new FetchAnswer.Failure("compressed, which was not requested", false);
        }
        byte[] bytes = response.body(head, MAX_LENGTH + 1);
        return bytes.length > MAX_LENGTH
                ? new FetchAnswer.Failure("longer than " + MAX_LENGTH + " bytes", false)
                : new FetchAnswer.Content(new String(bytes, StandardCharsets.UTF_8), head.headers());
    }

    /** A status that is no document; some of them say that there may be one later. */
    static FetchAnswer.Failure failure(String what, int status) {
        boolean temporary = status >= SERVER_ERROR || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
        return new FetchAnswer.Failure(what + " with status " + status, temporary);
    }
}
