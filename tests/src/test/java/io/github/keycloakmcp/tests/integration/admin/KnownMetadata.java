package io.github.keycloakmcp.tests.integration.admin;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.keycloakmcp.tests.client.ClientMetadata;

/** What each known client registers, with all redirect URIs that it has been seen with. */
final class KnownMetadata {

    private static final Map<String, List<String>> ALL = Map.ofEntries(
            Map.entry("antigravity", List.of("Google Antigravity", "https://antigravity.google/oauth-callback")),
            Map.entry(
                    "chatgpt",
                    List.of(
                            "ChatGPT",
                            "https://chatgpt.com/connector_platform_oauth_redirect",
                            "https://chatgpt.com/connector/oauth/a1B2c3D4")),
            Map.entry(
                    "claude",
                    List.of(
                            "Claude",
                            "https://claude.ai/api/mcp/auth_callback",
                            "https://claude.com/api/mcp/auth_callback",
                            "claude://claude.ai/mcp-auth-callback/sdk")),
            Map.entry("claude-code", List.of("Claude Code", "http://localhost:54212/callback")),
            Map.entry("codex", List.of("Codex", "http://127.0.0.1:43117/callback")),
            Map.entry("copilot-cli", List.of("GitHub Copilot CLI", "http://127.0.0.1:41733/")),
            Map.entry(
                    "copilot-studio",
                    List.of(
                            "Microsoft Copilot Studio",
                            "https://global.consent.azure-apim.net/redirect/cr938-5fweather-20mcp-5f43bcb8573bc3e84")),
            Map.entry(
                    "cursor",
                    List.of(
                            "Cursor",
                            "https://www.cursor.com/agents/mcp/oauth/callback",
                            "https://www.cursor.com/bot/mcp/oauth/callback",
                            "cursor://anysphere.cursor-mcp/oauth/callback",
                            "http://localhost:8787/callback",
                            "grokbot://mcp/oauth/callback")),
            Map.entry("devin", List.of("Devin", "https://api.devin.ai/mcp/oauth/callback")),
            Map.entry("factory-droid", List.of("Factory Droid", "http://localhost:41210/callback")),
            Map.entry("gemini-cli", List.of("Gemini CLI MCP Client", "http://localhost:38211/oauth/callback")),
            Map.entry("goose", List.of("goose", "http://localhost:41012/oauth_callback")),
            Map.entry(
                    "grok",
                    List.of(
                            "Grok",
                            "https://console.x.ai/connectors-oauth-exchange-code/",
                            "https://grok.com/connectors-oauth-exchange-code/")),
            Map.entry("kiro", List.of("Kiro", "http://localhost:51688/oauth/callback")),
            Map.entry(
                    "le-chat", List.of("Le Chat", "https://callback.mistral.ai/v1/integrations_auth/oauth2_callback")),
            Map.entry("lm-studio", List.of("LM Studio", "http://127.0.0.1:41337/oauth/callback")),
            Map.entry(
                    "make",
                    List.of(
                            "Make",
                            "https://www.make.com/oauth/cb/mcp",
                            "https://us1.make.celonis.com/oauth/cb/mcp",
                            "https://eu1.make.celonis.com/oauth/cb/mcp")),
            Map.entry("mcp-inspector", List.of("MCP Inspector", "http://localhost:6274/oauth/callback")),
            Map.entry("mcp-remote", List.of("MCP CLI Proxy", "http://localhost:3334/oauth/callback")),
            Map.entry("mcporter", List.of("mcporter", "http://127.0.0.1:52110/callback")),
            Map.entry("opencode", List.of("OpenCode", "http://127.0.0.1:19876/mcp/oauth/callback")),
            Map.entry(
                    "perplexity",
                    List.of(
                            "Perplexity",
                            "https://www.perplexity.ai/rest/connections/oauth_callback",
                            "https://enterprise.perplexity.ai/rest/connections/oauth_callback")),
            Map.entry(
                    "postman",
                    List.of(
                            "Postman",
                            "https://oauth.pstmn.io/v1/callback",
                            "https://oauth.pstmn.io/v1/browser-callback")),
            Map.entry("qwen-code", List.of("Qwen Code MCP Client", "http://localhost:7777/oauth/callback")),
            Map.entry("raycast", List.of("Raycast", "https://raycast.com/redirect?packageName=Extension")),
            Map.entry(
                    "vscode",
                    List.of(
                            "Visual Studio Code",
                            "https://insiders.vscode.dev/redirect",
                            "https://vscode.dev/redirect",
                            "http://127.0.0.1/",
                            "http://127.0.0.1:33418/")),
            Map.entry("warp", List.of("Warp", "warp://mcp/oauth2callback", "http://localhost:41911/callback")),
            Map.entry("zed", List.of("Zed", "http://127.0.0.1:5050/callback")));

    private KnownMetadata() {}

    static ClientMetadata of(String known) {
        List<String> facts = Objects.requireNonNull(ALL.get(known), known);
        return ClientMetadata.named(facts.get(0))
                .redirects(facts.subList(1, facts.size()).toArray(String[]::new));
    }
}
