package io.github.keycloakmcp.rule.diagnosis;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.keycloakmcp.rule.Loopback;

/** What on the server itself keeps MCP clients out. */
public final class ServerChecks {

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
        if (facts.forwarded().isIgnored(issuer)) {
            findings.add(
                    Finding.error(
                            "proxy-not-trusted",
                            "a proxy says that it is " + facts.forwarded().proto() + "://"
                                    + facts.forwarded().host()
                                    + ", the issuer is " + facts.issuer()
                                    + "; clients stop because issuer and URL differ",
                            "set proxy-headers=xforwarded (or forwarded) if the proxy overwrites these headers, or set hostname"));
        }
        if (facts.forwarded().addressWritable()) {
            findings.add(Finding.warning(
                    "address-from-header",
                    "your own request names more than one address: a proxy adds to the forwarding header, and the server takes "
                            + "the first address, which a client can write; events record it, and limits count two addresses",
                    "let the proxy that clients connect to overwrite the header (docs/reverse-proxy.md), and set the server "
                            + "option proxy-trusted-addresses"));
        }
        if (!issuer.getPath().startsWith("/realms/")) {
            findings.add(Finding.warning(
                    "issuer-has-path",
                    "clients look for the metadata of " + facts.issuer() + " at " + issuer.resolve("/.well-known/")
                            + "oauth-authorization-server" + issuer.getPath() + ", where Keycloak does not serve it",
                    "let the reverse proxy rewrite that address (docs/reverse-proxy.md), or serve Keycloak without a path "
                            + "before /realms"));
        }
        Release.of(facts.version()).flatMap(ServerChecks::patches).ifPresent(findings::add);
        if (!facts.disabled().isEmpty()) {
            findings.add(Finding.error(
                    "provider-disabled",
                    "the provider " + facts.disabled() + " is disabled; no tokens for MCP servers are issued",
                    "remove the server option that disables it (spi-…-enabled=false) and restart"));
        }
        if (!facts.foreign().isEmpty()) {
            findings.add(Finding.warning(
                    "other-extension-interferes",
                    "other extensions on this server take the place of providers of this one, or run after it: "
                            + String.join(", ", facts.foreign())
                            + "; tokens for MCP servers that they change are refused",
                    "remove those extensions, or let them leave tokens with an MCP scope alone"));
        }
        upstream(facts, findings);
        return List.copyOf(findings);
    }

    private static void upstream(ServerFacts facts, List<Finding> findings) {
        if (facts.upstream().contains("cimd")) {
            findings.add(Finding.info(
                    "upstream-cimd-on",
                    "Keycloak's experimental feature cimd is on; mcp-client-id-metadata-document decides about metadata "
                            + "documents, except for client ids that a client policy gives to Keycloak's own executor",
                    "nothing to do; --features=cimd is not needed for MCP"));
        }
        if (facts.upstream().contains("stateless")) {
            findings.add(Finding.info(
                    "upstream-stateless-on",
                    "Keycloak's preview feature stateless is on; codes, rate limits and claims on shared clients are kept in the "
                            + "database, and a login of a workload, a registration with an initial access token or a refused "
                            + "request needs a second connection to it while it holds one",
                    "set db-pool-max-size to more than these requests at one time, or let the proxy limit them "
                            + "(docs/compatibility.md)"));
        }
        if (facts.upstream().contains("resource-indicators")) {
            findings.add(Finding.info(
                    "upstream-resource-indicators-on",
                    "Keycloak's experimental feature resource-indicators is on; this extension decides about tokens with "
                            + "an MCP scope, Keycloak about all others, and rejects those for an unknown resource",
                    "nothing to do; --features=resource-indicators is not needed for MCP"));
        }
    }

    private static Optional<Finding> patches(Release release) {
        List<SecurityFix> missing = SecurityFix.missingIn(release);
        return missing.stream()
                .map(fix -> fix.after(release))
                .max(Comparator.naturalOrder())
                .map(fixed -> Finding.warning(
                        "security-patch-missing",
                        "Keycloak " + release + " lacks security fixes: "
                                + missing.stream()
                                        .map(fix -> fix.id() + ", " + fix.stops())
                                        .collect(Collectors.joining("; ")),
                        "upgrade to Keycloak " + fixed + " or newer"));
    }
}
