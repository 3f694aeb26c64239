package io.github.keycloakmcp.tests.client;

import java.net.URI;
import java.util.Optional;

import io.github.keycloakmcp.tests.server.Awaited;
import org.jsoup.nodes.Element;

/**
 * A browser with a person in front of it. It keeps cookies, so a second request meets the session of the first; it
 * follows redirects within the server and stops at the one that leaves for the client, which is never fetched.
 */
public final class Browser {

    private static final int MAX_REDIRECTS = 20;
    private static final int MAX_LOGINS = 25;
    private static final String REFUSED = "Invalid username or password";

    private final String username;
    private final String password;
    private final CookieJar cookies = new CookieJar();

    /** A person who knows a password. */
    public Browser(String username, String password) {
        this.username = username;
        this.password = password;
    }

    /** One of the demo users, whose password is the name. */
    public static Browser of(String username) {
        return new Browser(username, username);
    }

    /** Opens a URL. */
    public Page open(URI uri) {
        return follow(uri, http(uri).get(uri));
    }

    /** Sends a form, as a page of the client does that posts its authorization request. */
    public Page post(URI uri, Form form) {
        return follow(uri, http(uri).post(uri, form));
    }

    /** Opens an authorization request and logs in where asked; ends at consent, at an error page or at the client. */
    public Page reach(AuthorizationRequest request) {
        Page page = open(request.uri());
        return page.isLogin() ? logIn(page) : page;
    }

    /** Goes through login and consent, accepting, back to the client. */
    public AuthorizationReply authorize(AuthorizationRequest request) {
        Page page = reach(request);
        return (page.isConsent() ? accept(page) : page).answer();
    }

    /** Goes through login and refuses consent, which has to be asked for. */
    public AuthorizationReply refuse(AuthorizationRequest request) {
        return deny(reach(request)).answer();
    }

    /**
     * Fills in the login form. Keycloak refuses a login of the same user as long as it notes the one before, which happens after the
     * answer and takes a moment on a busy machine: who is refused tries again, as a person would.
     */
    public Page logIn(Page page) {
        Page next = enterPassword(page);
        for (int tries = 1; tries < MAX_LOGINS && next.isLogin() && next.text().contains(REFUSED); tries++) {
            Awaited.pause();
            next = enterPassword(next);
        }
        return next;
    }

    private Page enterPassword(Page page) {
        Element form = page.formOf("input[name=password]");
        return submit(form, values(form).with("username", username).with("password", password));
    }

    /** Says yes on the consent page. */
    public Page accept(Page page) {
        return press(page, "accept");
    }

    /** Says no on the consent page. */
    public Page deny(Page page) {
        return press(page, "cancel");
    }

    /** Presses a named button with the form as it is. */
    public Page press(Page page, String button) {
        String selector = "button[name=" + button + "],input[type=submit][name=" + button + "]";
        Element form = page.formOf(selector);
        Element pressed = form.selectFirst(selector);
        return submit(form, values(form).with(button, pressed == null ? "" : pressed.attr("value")));
    }

    /** Clears all cookies, as a new private window would. */
    public void forget() {
        cookies.clear();
    }

    private Page submit(Element form, Form values) {
        URI action = URI.create(form.absUrl("action"));
        return post(action, values);
    }

    private Page follow(URI start, HttpReply first) {
        URI at = start;
        HttpReply reply = first;
        for (int i = 0; i < MAX_REDIRECTS; i++) {
            cookies.keep(reply.headers().allValues("Set-Cookie"));
            Optional<String> location = reply.headers().firstValue("Location");
            if (location.isEmpty() || reply.statusCode() / 100 != 3) {
                return new Page(reply, Optional.empty());
            }
            URI next = at.resolve(location.get());
            if (!sameServer(at, next)) {
                return new Page(reply, Optional.of(next));
            }
            at = next;
            reply = http(at).get(at);
        }
        throw new AssertionError("more than " + MAX_REDIRECTS + " redirects from " + start);
    }

    private Http http(URI uri) {
        String header = cookies.headerFor(uri);
        Http http = Http.plain().with("Accept", "text/html").with("Accept-Language", "en");
        return header.isEmpty() ? http : http.with("Cookie", header);
    }

    /** What the browser would send for the form's fields; buttons only count when pressed. */
    private static Form values(Element form) {
        Form values = Form.of();
        for (Element input : form.select("input[name]")) {
            String type = input.attr("type");
            boolean off = (type.equals("checkbox") || type.equals("radio")) && !input.hasAttr("checked");
            if (!off && !type.equals("submit") && !type.equals("button")) {
                values = values.and(input.attr("name"), input.attr("value"));
            }
        }
        return values;
    }

    private static boolean sameServer(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getRawAuthority().equals(other.getRawAuthority());
    }
}
