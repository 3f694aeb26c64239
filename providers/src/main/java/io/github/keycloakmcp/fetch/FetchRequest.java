package io.github.keycloakmcp.fetch;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

import io.github.keycloakmcp.rule.fetch.AddressBlocks;

/**
 * What to read.
 *
 * @param uri where it stands
 * @param loopback whether it may stand on this computer
 * @param expected whether an administrator or this extension knows the host; unknown ones share a part of the threads
 * @param inside addresses of a private network at which an administrator has listed the host
 * @param conditions header fields that make the request conditional (RFC 9110 section 13.1)
 */
public record FetchRequest(
        URI uri, boolean loopback, boolean expected, AddressBlocks inside, Map<String, String> conditions) {

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    public FetchRequest {
        conditions = Map.copyOf(conditions);
    }

    /** A request to a host that is known, at public addresses only. */
    public FetchRequest(URI uri, boolean loopback, Map<String, String> conditions) {
        this(uri, loopback, true, AddressBlocks.NONE, conditions);
    }

    /** The name of the host, IPv6 in brackets. */
    String host() {
        return uri.getHost();
    }

    boolean encrypted() {
        return uri.getScheme().equalsIgnoreCase("https");
    }

    int port() {
        return uri.getPort() >= 0 ? uri.getPort() : encrypted() ? HTTPS : HTTP;
    }

    /** Host and port, the latter only where the URL has one. */
    String authority() {
        return uri.getPort() >= 0 ? host() + ":" + uri.getPort() : host();
    }

    /** The server, the same for every spelling of its address: otherwise each spelling has limits of its own. */
    String server() {
        return uri.getScheme().toLowerCase(Locale.ROOT) + "://" + host().toLowerCase(Locale.ROOT) + ":" + port();
    }
}
