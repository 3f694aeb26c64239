package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.McpServer;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;
import io.github.keycloakmcp.rule.resource.ServersDeclaration;

/** What a client is told that asks for one MCP server. */
public final class ResourceCheck {

    private ResourceCheck() {}

    /**
     * Checks.
     *
     * @param resource what the client sends
     * @param declared the servers that the realm declares
     */
    public static List<Finding> of(String resource, List<String> declared) {
        if (ResourceIndicator.parse(resource) instanceof Verdict.Refused<ResourceIndicator> refused) {
            return List.of(
                    Finding.error(
                            "resource-malformed",
                            refused.refusal().description(),
                            "correct resource in the metadata of the MCP server (RFC 9728): absolute, https, no query, no fragment"));
        }
        McpServers servers = McpServers.declare(ServersDeclaration.of(declared.toArray(String[]::new)), ignored -> {});
        if (!(servers.find(resource) instanceof Verdict.Allowed<McpServer> found)) {
            return List.of(Finding.error(
                    "resource-unknown",
                    "clients that ask for " + Refusal.excerpt(resource) + " are answered invalid_target",
                    "POST …/mcp/servers with exactly this URI, or ask for one of the declared: "
                            + String.join(", ", declared.subList(0, Math.min(5, declared.size())))));
        }
        String audience = found.value().uri();
        return List.of(
                audience.equals(resource)
                        ? Finding.info("resource-declared", "aud will be " + audience, "nothing to do")
                        : Finding.warning(
                                "resource-spelled-differently",
                                "aud will be " + audience + ", as declared, and not " + Refusal.excerpt(resource),
                                "let the MCP server compare with the declared spelling, or declare the other one"));
    }
}
