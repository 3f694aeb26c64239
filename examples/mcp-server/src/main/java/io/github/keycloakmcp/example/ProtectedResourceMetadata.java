package io.github.keycloakmcp.example;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.modelcontextprotocol.json.McpJsonDefaults;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The document that sends a client from this MCP server to its authorization server (RFC 9728 §2). It is public, and
 * served where §3.1 puts it for a resource with a path as well as at the root, where clients look next.
 */
final class ProtectedResourceMetadata extends HttpServlet {

    static final String ROOT = "/.well-known/oauth-protected-resource";

    private static final long serialVersionUID = 1L;

    private final byte[] document;

    ProtectedResourceMetadata(Settings settings) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("resource", settings.resource().toString());
        members.put("authorization_servers", List.of(settings.issuer().toString()));
        if (settings.advertiseScopes()) {
            members.put("scopes_supported", settings.allScopes());
        }
        members.put("bearer_methods_supported", List.of("header"));
        members.put("dpop_signing_alg_values_supported", SignedProof.algorithms());
        if (settings.dpopRequired()) {
            members.put("dpop_bound_access_tokens_required", true);
        }
        members.put("resource_name", settings.name());
        this.document = McpJsonDefaults.getMapper().writeValueAsBytes(members);
    }

    /** The path of the document that belongs to this resource: its own path goes behind the well-known one. */
    static String path(URI resource) {
        String path = resource.getRawPath();
        return path.equals("/") ? ROOT : ROOT + path;
    }

    /** Where a client outside finds the document: on the resource's own host, whatever this process listens on. */
    static URI location(URI resource) {
        return resource.resolve(path(resource));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }
}
