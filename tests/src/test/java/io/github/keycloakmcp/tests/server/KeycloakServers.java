package io.github.keycloakmcp.tests.server;

/** Picks the form of server that the command line asks for. */
public final class KeycloakServers {

    private KeycloakServers() {}

    /** Starts, or finds, the server of this test run. */
    public static KeycloakServer start() {
        return TestSettings.remoteUrl()
                .<KeycloakServer>map(RemoteKeycloak::new)
                .orElseGet(() -> start(ServerOptions.ofTestRun()));
    }

    /** Starts one more server, in the form the command line asks for, with a database server of its own if it asks for one. */
    public static KeycloakServer start(ServerOptions options) {
        return TestSettings.database().isPresent() ? KeycloakOnDatabase.start(options) : withoutDatabase(options);
    }

    static KeycloakServer withoutDatabase(ServerOptions options) {
        String kind = TestSettings.serverKind();
        return switch (kind) {
            case "distribution" -> DistributionKeycloak.start(options);
            case "container" -> ContainerKeycloak.start(options);
            default -> throw new IllegalArgumentException("-Dserver is distribution or container, not " + kind);
        };
    }
}
