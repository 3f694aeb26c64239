package io.github.keycloakmcp.admin.page;

import java.net.URI;
import java.util.Locale;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.keycloak.common.util.Encode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.urls.UrlType;
import org.keycloak.util.JsonSerialization;

/**
 * What the admin page has to know before anyone logs in: its language, and where Admin REST and Keycloak's console are. With
 * the server option {@code hostname-admin} these have a host of their own, where no login page is; the page itself is where
 * logins are.
 *
 * @param realm the name of the realm
 * @param language one of {@link PageTexts#LANGUAGES}
 * @param frontend where Keycloak's login pages are
 * @param admin where Admin REST and the admin console are
 */
record PageSettings(String realm, String language, URI frontend, URI admin) {

    static PageSettings of(KeycloakSession session) {
        Locale locale = session.getContext().resolveLocale(null);
        return new PageSettings(
                session.getContext().getRealm().getName(),
                PageTexts.language(locale.toLanguageTag()),
                session.getContext().getUri(UrlType.FRONTEND).getBaseUri(),
                session.getContext().getUri(UrlType.ADMIN).getBaseUri());
    }

    /** The language as HTML names it. */
    String tag() {
        return language.replace('_', '-');
    }

    /** The one address of the page. */
    URI page() {
        return URI.create(below(frontend) + "/realms/" + Encode.encodePathSegmentAsIs(realm) + "/mcp-admin/");
    }

    /** Whether a request came to the host of Admin REST, and that is not the page's, so that no login could return to it. */
    boolean isElsewhere(URI asked) {
        String host = asked.getAuthority();
        return admin.getAuthority().equals(host) && !frontend.getAuthority().equals(host);
    }

    /** Origins that the page calls, as a content security policy names them. */
    String callable() {
        return origin(admin).equals(origin(frontend)) ? "'self'" : "'self' " + origin(admin);
    }

    ObjectNode json() {
        String root = below(admin);
        String name = Encode.encodePathSegmentAsIs(realm);
        ObjectNode json = JsonSerialization.mapper.createObjectNode();
        json.put("realm", realm);
        json.put("language", tag());
        json.put("api", root + "/admin/realms/" + name + "/mcp");
        json.put("console", root + "/admin/" + name + "/console/#/" + name);
        json.set("texts", JsonSerialization.mapper.valueToTree(PageTexts.in(language)));
        return json;
    }

    private static String below(URI base) {
        return base.toString().replaceFirst("/+$", "");
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getAuthority();
    }
}
