package io.github.keycloakmcp.tests.demo;

import io.github.keycloakmcp.tests.server.AdminUser;
import io.github.keycloakmcp.tests.server.TestSettings;

/** The text that the demo prints: addresses, users, and settings for clients. */
final class DemoBanner {

    private DemoBanner() {}

    static String text(DemoSettings settings) {
        AdminUser admin = TestSettings.admin();
        return """

                Keycloak      %1$s/admin  (%2$s / %3$s), realm %4$s
                MCP server A  %5$s
                MCP server B  %6$s
                Users         alice / alice, bob / bob

                VS Code, .vscode/mcp.json:
                  { "servers": { "server-a": { "type": "http", "url": "%5$s" },
                                 "server-b": { "type": "http", "url": "%6$s" } } }
                Claude Code:
                  claude mcp add --transport http server-a %5$s
                  claude mcp add --transport http server-b %6$s
                MCP Inspector (Node.js 22.19 or newer), transport "Streamable HTTP", URL %5$s:
                  npx -y @modelcontextprotocol/inspector

                Stop with Ctrl-C.
                ready""".formatted(
                        settings.keycloakUrl(),
                        admin.name(),
                        admin.password(),
                        settings.realm(),
                        settings.a().resource(),
                        settings.b().resource());
    }
}
