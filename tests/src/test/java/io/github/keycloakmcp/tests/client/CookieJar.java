package io.github.keycloakmcp.tests.client;

import java.net.HttpCookie;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The cookies of one browser at one server, by path. {@code Secure} cookies are sent over plain HTTP as well: Keycloak
 * sets them on loopback, and browsers treat loopback as secure.
 */
final class CookieJar {

    private record Key(String name, String path) {}

    private final Map<Key, String> cookies = new LinkedHashMap<>();

    void keep(List<String> setCookieHeaders) {
        for (String header : setCookieHeaders) {
            for (HttpCookie cookie : HttpCookie.parse(header)) {
                Key key = new Key(cookie.getName(), cookie.getPath() == null ? "/" : cookie.getPath());
                if (cookie.getMaxAge() == 0) {
                    cookies.remove(key);
                } else {
                    cookies.put(key, cookie.getValue());
                }
            }
        }
    }

    String headerFor(URI uri) {
        return cookies.entrySet().stream()
                .filter(cookie -> uri.getRawPath().startsWith(cookie.getKey().path()))
                .map(cookie -> cookie.getKey().name() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    void clear() {
        cookies.clear();
    }
}
