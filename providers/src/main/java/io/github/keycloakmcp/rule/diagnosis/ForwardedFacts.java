package io.github.keycloakmcp.rule.diagnosis;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * What a proxy in front of the server has added to the administrator's request, and what the server made of it.
 *
 * @param proto {@code X-Forwarded-Proto}, empty where there is none
 * @param host {@code X-Forwarded-Host}
 * @param port {@code X-Forwarded-Port}
 * @param requestHost the {@code Host} with which the request reached the server
 * @param adminUrl the base URL that the server uses for administrators
 * @param addressWritable whether a client could have written the address that the server takes for the administrator's
 */
public record ForwardedFacts(
        String proto, String host, String port, String requestHost, String adminUrl, boolean addressWritable) {

    /** A request without a proxy. */
    public static final ForwardedFacts NONE = new ForwardedFacts("", "", "", "", "", false);

    private static final Set<String> DEFAULT_PORTS = Set.of("https:443", "http:80");

    /**
     * Tells whether the server ignores the proxy: it has made the issuer from the request itself, though the proxy says
     * that clients use another address. With a fixed host name the administrator's address says nothing about that of
     * clients, and an administrator may have an address of its own (server option {@code hostname-admin}).
     */
    boolean isIgnored(URI issuer) {
        String scheme = proto.isEmpty() ? issuer.getScheme() : first(proto);
        String said = host.isEmpty() ? "" : authority(scheme, first(host), first(port));
        boolean another = (!said.isEmpty() && !said.equals(authority(issuer))) || !scheme.equals(issuer.getScheme());
        URI administrators = URI.create(adminUrl);
        boolean asAdministrator = said.equals(authority(administrators)) && scheme.equals(administrators.getScheme());
        boolean fromRequest = requestHost.isEmpty()
                || authority(issuer.getScheme(), requestHost.toLowerCase(Locale.ROOT), "")
                        .equals(authority(issuer));
        return another && !asAdministrator && fromRequest;
    }

    private static String authority(URI uri) {
        String authority = uri.getAuthority() == null ? "" : uri.getAuthority();
        return authority(uri.getScheme(), authority.toLowerCase(Locale.ROOT), "");
    }

    /** Host and port, without the port that the scheme has by itself. */
    private static String authority(String scheme, String host, String port) {
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']');
        String name = hasPort ? host.substring(0, colon) : host;
        String number = hasPort ? host.substring(colon + 1) : port;
        return number.isEmpty() || DEFAULT_PORTS.contains(scheme + ":" + number) ? name : name + ":" + number;
    }

    /** The proxy nearest to the client comes first. */
    private static String first(String list) {
        return list.split(",", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
