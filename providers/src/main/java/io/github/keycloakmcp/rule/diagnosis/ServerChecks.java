package io.github.keycloakmcp.rule.diagnosis;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.keycloakmcp.rule.Loopback;

/** What on the server itself keeps MCP clients out. */
public final class ServerChecks {

    private static final String FIRST_PATCHED = "26.7.1";

    private ServerChecks() {}

    public static List<Finding> of(ServerFacts facts) {
        List<Finding> findings = new ArrayList<>();
        URI issuer = URI.create(facts.issuer());
        String host = issuer.getHost() == null ? "" : issuer.getHost();
        if ("http".equals(issuer.getScheme()) && !Loopback.isLoopback(host)) {
            findings.add(Finding.error(
                    "issuer-not-https",
                    "the issuer is " + facts.issuer() + "; MCP clients refuse an authorization server without https",
                    "set the server option hostname to the public https URL, and proxy-headers behind a proxy"));
        }
        if (isAnother(facts.forwardedHost(), authority(issuer))
                || isAnother(facts.forwardedProto(), issuer.getScheme())) {
            findings.add(
                    Finding.error(
                            "proxy-not-trusted",
                            "a proxy says that it is " + facts.forwardedProto() + "://" + facts.forwardedHost()
                                    + ", the issuer is " + facts.issuer()
                                    + "; clients stop because issuer and URL differ",
                            "set proxy-headers=xforwarded (or forwarded) if the proxy overwrites these headers, or set hostname"));
        }
        if (isBefore(facts.version(), FIRST_PATCHED)) {
            findings.add(Finding.warning(
                    "security-patch-missing",
                    "Keycloak " + facts.version() + " is older than " + FIRST_PATCHED
                            + ", which fixes CVE-2026-15572 (a client changes the type of its protocol mappers); this "
                            + "extension takes no mappers at registration, so MCP registration is not affected",
                    "upgrade Keycloak"));
        }
        if (facts.upstreamDocuments()) {
            findings.add(Finding.warning(
                    "upstream-cimd-on",
                    "Keycloak's experimental feature cimd is on; two implementations look at the same client ids",
                    "start without --features=cimd unless other realms of this server need it"));
        }
        return List.copyOf(findings);
    }

    private static boolean isAnother(String said, String actual) {
        String first = said.split(",", 2)[0].strip();
        return !first.isEmpty() && !first.toLowerCase(Locale.ROOT).equals(actual.toLowerCase(Locale.ROOT));
    }

    private static String authority(URI issuer) {
        return issuer.getAuthority() == null ? "" : issuer.getAuthority();
    }

    /** Compares three numbers; a version that is no number is a build of the main branch. */
    static boolean isBefore(String version, String other) {
        if (!version.matches("\\d+\\.\\d+\\.\\d+.*")) {
            return false;
        }
        String[] here = version.split("[^0-9]+", -1);
        String[] there = other.split("[^0-9]+", -1);
        for (int i = 0; i < there.length; i++) {
            int difference = Integer.compare(Integer.parseInt(here[i]), Integer.parseInt(there[i]));
            if (difference != 0) {
                return difference < 0;
            }
        }
        return false;
    }
}
