package io.github.keycloakmcp.tests.demo;

import java.net.URI;

import io.github.keycloakmcp.tests.server.ExampleServer;
import io.github.keycloakmcp.tests.server.TestSettings;

/**
 * The settings of the demo, each a system property.
 *
 * @param keycloakPort {@code -Ddemo.keycloak.port}
 * @param keycloakUrl {@code -Ddemo.keycloak.url}: where browsers find Keycloak, if not at {@code localhost} and the port
 * @param realm {@code -Ddemo.realm}
 * @param a {@code -Ddemo.server-a.port} and {@code -Ddemo.server-a.url}
 * @param b {@code -Ddemo.server-b.port} and {@code -Ddemo.server-b.url}
 */
record DemoSettings(int keycloakPort, URI keycloakUrl, String realm, Server a, Server b) {

    /**
     * One of the two MCP servers.
     *
     * @param name what it is called in clients
     * @param port where it listens
     * @param resource its URL
     */
    record Server(String name, int port, URI resource) {

        private static Server of(String name, int defaultPort) {
            int port = number("demo." + name + ".port", defaultPort);
            return new Server(name, port, url("demo." + name + ".url", ExampleServer.resourceAt(port)));
        }
    }

    static DemoSettings fromProperties() {
        int port = number("demo.keycloak.port", 8080);
        return new DemoSettings(
                port,
                url("demo.keycloak.url", URI.create("http://localhost:" + port)),
                TestSettings.text("demo.realm").orElse("mcp"),
                Server.of("server-a", 3001),
                Server.of("server-b", 3002));
    }

    URI issuer() {
        return URI.create(keycloakUrl + "/realms/" + realm);
    }

    private static int number(String property, int fallback) {
        String text = TestSettings.text(property).orElse(Integer.toString(fallback));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("-D" + property + " has to be a port number, not " + text, e);
        }
    }

    private static URI url(String property, URI fallback) {
        return TestSettings.text(property).map(URI::create).orElse(fallback);
    }
}
