package io.github.keycloakmcp.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Resolves host names. */
@FunctionalInterface
interface Names {

    /** The addresses of a host, at least one. IPv6 literals are in brackets. */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
