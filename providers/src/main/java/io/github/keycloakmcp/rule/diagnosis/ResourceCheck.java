package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.McpServer;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;

/** Checks the {@code resource} that a client sends. */
public final class ResourceCheck {

    private ResourceCheck() {}

    /**
     * Returns what a client gets for this resource: the audience of its tokens, or the error and the way out.
     *
     * @param resource what the client sends
     * @param servers the servers of the realm, with their aliases and clients
     * @param declared those that are listed
     */
    public static List<Finding> of(String resource, McpServers servers, List<String> declared) {
        if (servers.find(resource) instanceof Verdict.Refused<McpServer>
                && ResourceIndicator.parse(resource) instanceof Verdict.Refused<ResourceIndicator> refused) {
            return List.of(
                    Finding.error(
                            "resource-malformed",
                            refused.refusal().description(),
                            "correct resource in the metadata of the MCP server (RFC 9728): absolute, https, no query, no fragment"));
        }
        if (!(servers.find(resource) instanceof Verdict.Allowed<McpServer> found)) {
            return List.of(Finding.error(
                    "resource-unknown",
                    "clients that request " + Refusal.excerpt(resource) + " get the error invalid_target",
                    advice(resource, declared)));
        }
        String audience = found.value().uri();
        if (audience.equals(resource)) {
            return List.of(Finding.info("resource-declared", "aud will be " + audience, "nothing to do"));
        }
        String what = "aud will be " + audience + ", as declared, and not " + Refusal.excerpt(resource);
        return List.of(
                isAlias(resource, found.value())
                        ? Finding.warning(
                                "resource-spelled-differently",
                                what + ", which is an alias",
                                "let the MCP server compare aud with the declared URI")
                        : Finding.error(
                                "resource-spelled-differently",
                                what + "; an MCP server with the other spelling rejects the token with 401",
                                "use one spelling in the metadata of the MCP server and in the realm"));
    }

    /** An alias is meant to differ; a slash or a capital letter more or less is not. */
    private static boolean isAlias(String resource, McpServer server) {
        return ResourceIndicator.parse(resource) instanceof Verdict.Allowed<ResourceIndicator> allowed
                && !allowed.value().names(server.resource());
    }

    /** Some clients send the origin of the server's URI: a server of that name would be another audience, an alias is not. */
    private static String advice(String resource, List<String> declared) {
        String origin = resource.endsWith("/") ? resource : resource + "/";
        return declared.stream()
                .filter(server -> server.startsWith(origin))
                .findFirst()
                .map(server -> "if these clients mean " + server + ", add the alias \"" + Refusal.excerpt(resource)
                        + " " + server
                        + "\" to mcp-server-aliases, a setting of the mapper in the client scope mcp:tools (aliases in PUT "
                        + "…/mcp)")
                .orElseGet(() -> "POST …/mcp/servers with exactly this URI, or request one of the declared servers: "
                        + String.join(", ", declared.subList(0, Math.min(5, declared.size()))));
    }
}
