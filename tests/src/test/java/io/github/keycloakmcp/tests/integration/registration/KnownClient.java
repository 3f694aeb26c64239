package io.github.keycloakmcp.tests.integration.registration;

import java.util.List;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.client.ClientMetadata;

/**
 * What a real MCP client sends to register, as its documentation and its users report it; the clients that the tests can
 * run themselves are recorded instead, see {@code RecordedRegistrationsIT}.
 *
 * @param name the product
 * @param metadata its payload
 * @param authorizes the scope that it asks for at authorization; empty for none
 * @param verified which known client its redirect URIs prove; empty where they prove nothing
 */
record KnownClient(String name, ClientMetadata metadata, String authorizes, String verified) {

    static Stream<KnownClient> all() {
        return Stream.of(
                visualStudioCode(),
                of("Claude Code", "http://localhost:54212/callback")
                        .with("client_name", "Claude Code (demo)")
                        .with("application_type", "native"),
                of("Claude Code, when the server advertises a scope", "http://localhost:54212/callback")
                        .with("scope", "mcp:tools")
                        .authorizing("mcp:tools offline_access"),
                of("Claude web", "https://claude.ai/api/mcp/auth_callback")
                        .with("client_name", "Claude")
                        .with("token_endpoint_auth_method", "client_secret_post")
                        .with("scope", "mcp:tools")
                        .provenAs("claude"),
                of("Claude web, new domain", "https://claude.com/api/mcp/auth_callback")
                        .provenAs("claude"),
                of("ChatGPT", "https://chatgpt.com/connector_platform_oauth_redirect")
                        .provenAs("chatgpt"),
                of("ChatGPT, app", "https://chatgpt.com/connector/oauth/a1B2c3D4")
                        .with("token_endpoint_auth_methods_supported", List.of("none", "private_key_jwt"))
                        .provenAs("chatgpt"),
                of(
                                "Cursor",
                                "cursor://anysphere.cursor-mcp/oauth/callback",
                                "https://www.cursor.com/agents/mcp/oauth/callback",
                                "http://localhost:8787/callback")
                        .with("scope", "mcp:tools")
                        .provenAs("cursor"),
                of(
                                "Cursor 3.20",
                                "https://www.cursor.com/agents/mcp/oauth/callback",
                                "https://www.cursor.com/bot/mcp/oauth/callback",
                                "cursor://anysphere.cursor-mcp/oauth/callback",
                                "http://localhost:8787/callback",
                                "grokbot://mcp/oauth/callback")
                        .with("client_name", "Cursor")
                        .provenAs("cursor"),
                of("Codex", "http://127.0.0.1:43117/callback")
                        .with("application_type", "native")
                        .with("scope", "mcp:tools offline_access"),
                of("Codex, when the server advertises no scope", "http://127.0.0.1:43117/callback/Jq1")
                        .with("application_type", "native")
                        .with("scope", "openid profile offline_access email mcp:tools"),
                of("OpenCode", "http://127.0.0.1:19876/mcp/oauth/callback")
                        .with("client_uri", "https://opencode.ai")
                        .with("scope", "mcp:tools offline_access"),
                of("Gemini CLI", "http://localhost:38211/oauth/callback")
                        .with("client_name", "Gemini CLI MCP Client")
                        .with("scope", "openid profile offline_access email mcp:tools"),
                of("Copilot CLI", "http://127.0.0.1:41733/").authorizing("mcp:tools"),
                of("MCP Inspector", "http://localhost:6274/oauth/callback")
                        .with("client_uri", "https://github.com/modelcontextprotocol/inspector"),
                of("MCP Inspector, debug", "http://localhost:6274/oauth/callback/debug")
                        .with("scope", "openid profile offline_access email mcp:tools"),
                of("mcp-remote", "http://localhost:3334/oauth/callback")
                        .with("client_name", "MCP CLI Proxy")
                        .with("client_uri", "https://github.com/modelcontextprotocol/mcp-cli")
                        .with("software_id", "2e6dc280-f3c3-4e01-99a7-8181dbd1d23d")
                        .with("software_version", "0.15.1")
                        .with("scope", "openid profile offline_access email mcp:tools"),
                qwenCode(),
                of("mcporter", "http://127.0.0.1:52110/callback").with("scope", "mcp:tools"));
    }

    /** Sends each grant that it knows and that the metadata lists; Keycloak's metadata always lists the device grant. */
    private static KnownClient visualStudioCode() {
        return of(
                        "Visual Studio Code",
                        "https://insiders.vscode.dev/redirect",
                        "https://vscode.dev/redirect",
                        "http://127.0.0.1/",
                        "http://127.0.0.1:33418/")
                .with("client_uri", "https://code.visualstudio.com")
                .with(
                        "grant_types",
                        List.of("authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"))
                .with("application_type", "native")
                .with("scope", "mcp:tools")
                .provenAs("vscode");
    }

    /**
     * Qwen Code 0.24.4, which cannot be run here without a model and a terminal: read in its source (registerClient in
     * packages/core/src/mcp/oauth-provider.ts). Where the MCP server lists no scopes, it registers an empty one.
     */
    private static KnownClient qwenCode() {
        return of("Qwen Code", "http://localhost:7777/oauth/callback")
                .with("client_name", "Qwen Code MCP Client")
                .with("code_challenge_method", List.of("S256"))
                .with("scope", "mcp:tools");
    }

    private static KnownClient of(String name, String... redirectUris) {
        return new KnownClient(name, ClientMetadata.named(name).redirects(redirectUris), "", "");
    }

    private KnownClient with(String member, Object value) {
        return new KnownClient(
                name, metadata.with(member, value), member.equals("scope") ? value.toString() : authorizes, verified);
    }

    private KnownClient provenAs(String id) {
        return new KnownClient(name, metadata, authorizes, id);
    }

    private KnownClient authorizing(String scope) {
        return new KnownClient(name, metadata, scope, verified);
    }

    /** Names the row of a parameterized test. */
    @Override
    public String toString() {
        return name;
    }
}
