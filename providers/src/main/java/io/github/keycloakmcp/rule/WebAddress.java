package io.github.keycloakmcp.rule;

import java.net.URI;
import java.net.URISyntaxException;

import org.jspecify.annotations.Nullable;

/** What the text of a URL says about the connection. */
public final class WebAddress {

    private WebAddress() {}

    /** Tells whether a connection to {@code url} is protected by TLS, or stays on this computer. */
    public static boolean isProtected(@Nullable String url) {
        try {
            URI uri = new URI(url == null ? "" : url);
            String host = uri.getHost();
            return host != null
                    && ("https".equalsIgnoreCase(uri.getScheme())
                            || ("http".equalsIgnoreCase(uri.getScheme()) && Loopback.isLoopback(host)));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
