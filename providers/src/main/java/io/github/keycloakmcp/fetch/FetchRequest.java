package io.github.keycloakmcp.fetch;

import java.net.URI;
import java.util.Map;

/**
 * What to read.
 *
 * @param uri where it stands
 * @param loopback whether it may stand on this computer
 * @param conditions header fields that make the request conditional (RFC 9110 section 13.1)
 */
public record FetchRequest(URI uri, boolean loopback, Map<String, String> conditions) {

    public FetchRequest {
        conditions = Map.copyOf(conditions);
    }

    /** The name of the host, IPv6 in brackets. */
    String host() {
        return uri.getHost();
    }

    /** The server, with its port. */
    String server() {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
