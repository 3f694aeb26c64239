package io.github.keycloakmcp.tests.realclients;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.server.Json;

/**
 * One visit of a person to a page in Chromium, as the script {@code consent.mjs} takes it. Visits of one person share
 * cookies and what the person's first visit says of the browser.
 *
 * @param json the visit so far
 */
record Visit(ObjectNode json) {

    /** A person opens an address, looks at the page and leaves. */
    static Visit of(String person, URI uri) {
        return new Visit(Json.object().put("person", person).put("url", uri.toString()));
    }

    /** A person opens an authorization request. */
    static Visit of(String person, AuthorizationRequest request) {
        return of(person, request.uri());
    }

    /** Goes through the visits in order, in one Chromium, and returns what was seen at each. */
    static List<JsonNode> all(Visit... visits) {
        String[] options =
                Arrays.stream(visits).map(visit -> "--visit=" + visit.json()).toArray(String[]::new);
        return StreamSupport.stream(new NodeScript("consent.mjs").run(options).spliterator(), false)
                .toList();
    }

    /** Allows, with the keyboard. */
    Visit allowing() {
        return with("act", "accept");
    }

    /** Denies, with the keyboard. */
    Visit denying() {
        return with("act", "cancel");
    }

    /** In a window as wide as that of a phone. */
    Visit onAPhone() {
        return new Visit(json.deepCopy().put("width", 360));
    }

    /** With a browser that asks for dark pages. */
    Visit inTheDark() {
        return new Visit(json.deepCopy().put("dark", true));
    }

    /** With a browser that runs no scripts. */
    Visit withoutScripts() {
        return new Visit(json.deepCopy().put("javaScript", false));
    }

    /** In another language than English. */
    Visit in(String language) {
        return with("locale", language);
    }

    /** With a picture of the page. */
    Visit photographed(Path file) {
        return with("shot", file.toAbsolutePath().toString());
    }

    private Visit with(String member, String value) {
        return new Visit(json.deepCopy().put(member, value));
    }
}
