package io.github.keycloakmcp.tests.client;

import java.net.URI;
import java.util.Optional;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser has come to: a page of the server, or a redirect that leaves the server, which is not followed.
 *
 * @param reply the last answer
 * @param left where the redirect leads, if the browser left the server
 */
public record Page(HttpReply reply, Optional<URI> left) {

    /** The HTTP status of the page. */
    public int status() {
        return reply.statusCode();
    }

    /** The page as a document. */
    public Document document() {
        return Jsoup.parse(reply.body(), reply.uri().toString());
    }

    /** The words on the page. */
    public String text() {
        return document().text();
    }

    /** Whether the page asks for user name and password. */
    public boolean isLogin() {
        return has("input[name=password]");
    }

    /** Whether the page asks for consent. */
    public boolean isConsent() {
        return has("[name=accept]") && has("[name=cancel]");
    }

    /** Whether anything on the page matches a CSS selector. */
    public boolean has(String selector) {
        return left.isEmpty() && first(selector) != null;
    }

    /** The answer that the browser carries to the client; it has to have left the server. */
    public AuthorizationReply answer() {
        return AuthorizationReply.of(
                left.orElseThrow(() -> new AssertionError("still on a page (" + status() + "): " + text())));
    }

    /** The form around an element. */
    Element formOf(String selector) {
        Element element = first(selector);
        Element form = element == null ? null : element.closest("form");
        if (form == null) {
            throw new AssertionError("no form with " + selector + " on the page (" + status() + "): " + text());
        }
        return form;
    }

    private @Nullable Element first(String selector) {
        return document().selectFirst(selector);
    }
}
