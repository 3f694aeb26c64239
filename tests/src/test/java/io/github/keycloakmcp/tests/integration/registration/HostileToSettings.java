package io.github.keycloakmcp.tests.integration.registration;

import java.util.Map;
import java.util.stream.Stream;

import static io.github.keycloakmcp.tests.integration.registration.Hostile.trick;

/** A realm with every setting that lets something in, and what only resembles the things that they let in. */
final class HostileToSettings {

    static final String SERVER = "https://mcp.example.com/mcp";

    private HostileToSettings() {}

    /** Values for the placeholders of the realm file. */
    static Map<String, String> everythingOn() {
        return Map.ofEntries(
                Map.entry("MCP_TRUSTED_HOSTS", "http://automation:5678"),
                Map.entry(
                        "MCP_KNOWN_CLIENTS",
                        "* n8n=automation.corp.example dify=flows.corp.example librechat=chat.corp.example "
                                + "open-webui=web.corp.example:8443"),
                Map.entry("MCP_OWN_KNOWN_CLIENTS", "helper=https://helper.example.com/cb/{id}"),
                Map.entry("MCP_DOCUMENTS_FROM", "any"),
                Map.entry("MCP_DOCUMENT_HOSTS", "app.example.com"),
                Map.entry("MCP_PRIVATE_DOCUMENT_HOSTS", "documents.corp.example=10.77.0.1"),
                Map.entry("MCP_BUNDLED_DOCUMENTS", "true"),
                Map.entry("MCP_SERVERS", SERVER + "##http://mcp-server:8000/mcp"),
                Map.entry("MCP_SERVER_PATTERNS", "https://gw.example.com/{id}/mcp"),
                Map.entry("MCP_PLAIN_HTTP_HOSTS", "mcp-server:8000"),
                Map.entry("MCP_ALIASES", "https://old.example.com/mcp " + SERVER),
                Map.entry("MCP_IGNORE_RESOURCE_QUERY", "true"),
                Map.entry("MCP_ADDITIONAL_AUDIENCES", "gateway " + SERVER));
    }

    static Stream<Hostile> rows() {
        return Stream.of(
                        trick(
                                "a host with plain http",
                                "http://automation/cb",
                                "http://automation:56780/cb",
                                "http://automation:5678.evil.example/cb",
                                "http://automation:5678@evil.example/cb",
                                "http://user@automation:5678/cb",
                                "http://evil.automation:5678/cb",
                                "http://automation.:5678/cb",
                                "http://automation%3a5678/cb",
                                "http://automation:5678\\@evil.example/cb",
                                "http://automation:5678/../cb",
                                "http://automation:5678/*",
                                "http:/automation:5678/cb",
                                "https://automation:5678/cb",
                                "javascript://automation:5678/%0aalert(1)"),
                        trick(
                                "an installation",
                                "https://automation.corp.example/",
                                "https://automation.corp.example/rest/oauth2-credential/callback/",
                                "https://automation.corp.example.evil.example/rest/oauth2-credential/callback",
                                "https://evil.example/rest/oauth2-credential/callback",
                                "http://automation.corp.example/rest/oauth2-credential/callback",
                                "https://flows.corp.example/rest/oauth2-credential/callback",
                                "https://{host}/console/api/mcp/oauth/callback",
                                "https://chat.corp.example/api/mcp/{id}/oauth/callback",
                                "https://chat.corp.example/api/mcp/../oauth/callback",
                                "https://chat.corp.example/api/mcp/a/b/oauth/callback",
                                "https://web.corp.example/oauth/clients/mcp:weather/callback"),
                        trick(
                                "a client of the administrator's own",
                                "https://helper.example.com/cb",
                                "https://helper.example.com/cb/a/b",
                                "https://helper.example.com/cb/a?to=b",
                                "https://helper.example.com/cb/%2e%2e",
                                "https://helper.example.com.evil.example/cb/a",
                                "http://helper.example.com/cb/a"))
                .flatMap(rows -> rows);
    }

    /** Resources that no server has, whatever is switched on. */
    static Stream<String> resources() {
        return Stream.of(
                "gateway",
                "https://gateway/mcp",
                "https://evil.example/mcp",
                "https://mcp.example.com/",
                "https://mcp.example.com/mcp/x",
                "https://mcp.example.com/mcp?x#y",
                "https://evil.example/mcp?https://mcp.example.com/mcp",
                "https://mcp.example.com@evil.example/mcp",
                "http://mcp.example.com/mcp",
                "http://mcp-server/mcp",
                "http://mcp-server:8001/mcp",
                "http://mcp-server:8000@evil.example/mcp",
                "https://mcp-server:8000/mcp",
                "https://sub.old.example.com/mcp",
                "https://gw.example.com/{id}/mcp",
                "https://gw.example.com/*/mcp",
                "https://gw.example.com/../mcp",
                "https://gw.example.com/a%2Fb/mcp",
                "https://gw.example.com/a/b/mcp",
                "https://gw.example.com/a/mcp/",
                "https://GW.example.com/a/mcp",
                "https://gw.example.com.evil.example/a/mcp",
                "http://gw.example.com/a/mcp",
                "https://gw.example.com/a/mcp\r\nX: y",
                "https://gw.example.com/" + "a".repeat(3000) + "/mcp");
    }

    /** Identifiers of clients whose document resembles one that there is a copy of, or whose host resembles a listed one. */
    static Stream<String> documents() {
        String copied = "https://claude.ai/oauth/claude-code-client-metadata";
        return Stream.of(
                copied + "/",
                copied + "?v=1",
                copied + "#x",
                copied.replace("https", "http"),
                copied.replace("https", "HTTPS"),
                copied.replace("claude.ai", "claude.ai."),
                copied.replace("claude.ai", "user@claude.ai"),
                copied.replace("claude.ai", "claude.ai.evil.example"),
                copied.replace("/oauth/", "/./oauth/"),
                copied.replace("/oauth/", "/%6fauth/../oauth/"),
                "https://documents.corp.example:8443/client",
                "https://sub.documents.corp.example/client",
                "https://documents.corp.example.evil.example/client",
                "https://user@documents.corp.example/client",
                "https://10.77.0.1/client",
                "http://documents.corp.example/client",
                "https://app.example.com:8443/client");
    }
}
