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

    /** For metadata that could not be read. */
    public static Finding unreadable(URI address, String why) {
        return Finding.warning(
                "metadata-unreadable",
                address + " cannot be read from here: " + why,
                "let the MCP server publish its metadata there, or look at it from where the clients are");
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
                    "the MCP server calls itself " + published.resource() + ", the realm declares " + declared
                            + "; tokens will not name what the server expects",
                    "use one spelling in both places"));
        }
        if (!published.authorizationServers().contains(issuer)) {
            findings.add(Finding.error(
                    "metadata-issuer-differs",
                    "the MCP server sends clients to " + published.authorizationServers() + ", the issuer is " + issuer,
                    "name the issuer in authorization_servers, character by character"));
        }
        List<String> unknown = published.scopes().stream()
                .filter(scope -> !offered.contains(scope))
                .toList();
        if (!unknown.isEmpty()) {
            findings.add(Finding.error(
                    "metadata-scope-unknown",
                    "the MCP server lets clients ask for scopes that the realm does not have: " + unknown
                            + "; they are answered invalid_scope",
                    "create these client scopes, or take them out of scopes_supported"));
        }
        return findings.isEmpty()
                ? List.of(
                        Finding.info("metadata-fits", "what the MCP server publishes fits the realm", "nothing to do"))
                : List.copyOf(findings);
    }
}
