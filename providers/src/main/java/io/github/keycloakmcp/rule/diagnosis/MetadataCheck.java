package io.github.keycloakmcp.rule.diagnosis;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether what an MCP server publishes fits the realm that is to protect it. */
public final class MetadataCheck {

    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    private MetadataCheck() {}

    /** Where the metadata of {@code resource} stands (RFC 9728 section 3.1). */
    public static URI address(URI resource) {
        String path = resource.getRawPath() == null || resource.getRawPath().equals("/") ? "" : resource.getRawPath();
        return URI.create(resource.getScheme() + "://" + resource.getRawAuthority() + WELL_KNOWN + path);
    }

    /**
     * The finding for metadata that could not be read. The text is the same whatever the reason, so that diagnosis does not
     * tell which ports of this computer are open.
     */
    public static Finding unreadable(String address) {
        return Finding.warning(
                "metadata-unreadable",
                address
                        + " could not be loaded by this server: no connection, no document, or a loopback address outside of "
                        + "development mode",
                "publish the metadata of the MCP server there, or check it from the network of the clients");
    }

    /**
     * Compares.
     *
     * @param published what the server publishes
     * @param declared its URI as the realm declares it
     * @param issuer the realm's issuer
     * @param offered the scopes that the realm has
     */
    public static List<Finding> of(PublishedMetadata published, String declared, String issuer, Set<String> offered) {
        List<Finding> findings = new ArrayList<>();
        if (!published.resource().equals(declared)) {
            findings.add(Finding.error(
                    "metadata-resource-differs",
                    "the metadata of the MCP server has the resource " + published.resource() + ", the realm declares "
                            + declared + "; tokens have a different audience than the server expects",
                    "use one spelling in both places"));
        }
        if (!published.authorizationServers().contains(issuer)) {
            findings.add(Finding.error(
                    "metadata-issuer-differs",
                    "the MCP server names the authorization servers " + published.authorizationServers()
                            + ", the issuer is " + issuer,
                    "add exactly this issuer to authorization_servers in the metadata of the MCP server"));
        }
        List<String> unknown = published.scopes().stream()
                .filter(scope -> !offered.contains(scope))
                .toList();
        if (!unknown.isEmpty()) {
            findings.add(Finding.error(
                    "metadata-scope-unknown",
                    "the MCP server names scopes that the realm does not have: " + unknown
                            + "; requests for them fail with invalid_scope",
                    "create these client scopes, or remove them from scopes_supported"));
        }
        return findings.isEmpty()
                ? List.of(Finding.info(
                        "metadata-fits", "the metadata of the MCP server matches the realm", "nothing to do"))
                : List.copyOf(findings);
    }
}
