package io.github.keycloakmcp.tests.server;

import java.net.URI;
import java.util.List;

/** A server that somebody else runs ({@code -Dkeycloak.url}) with the jar installed; closing leaves it alone. */
public final class RemoteKeycloak implements KeycloakServer {

    private final URI url;

    /** Takes the base URL as given. */
    public RemoteKeycloak(URI url) {
        String text = url.toString();
        this.url = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public AdminUser admin() {
        return TestSettings.admin();
    }

    @Override
    public boolean hasLog() {
        return false;
    }

    @Override
    public List<String> logLines() {
        return List.of();
    }

    @Override
    public void restart() {
        throw new UnsupportedOperationException("the server belongs to somebody else");
    }

    @Override
    public void close() {
        // nothing was started
    }
}
