package io.github.keycloakmcp.benchmarks;

import io.github.keycloakmcp.tests.server.McpRealm;

/** One kind of request whose cost is measured. A case is shared by both servers and by all connections. */
public interface Case {

    /** What the report calls it. */
    String name();

    /** The realm that it is measured in. */
    Size size();

    /** How many requests make one measurement: enough for about half a second. */
    int requests();

    /**
     * One connection to a server. Called once for each; what the connection needs, such as a login of its own, is made
     * here and is not measured.
     *
     * @param realm the realm on one of the servers
     * @param product whether the server has the extension
     */
    Connection connect(McpRealm realm, boolean product);

    /** One connection to a server; never used by two threads at once. */
    @FunctionalInterface
    interface Connection {

        /** Sends one request, and throws unless it is answered as it should be. */
        void send();

        /** Puts the realm back as it was before, so that every measurement meets the same. This is not measured. */
        default void tidy() {}
    }
}
