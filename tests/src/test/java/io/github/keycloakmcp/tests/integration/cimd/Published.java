package io.github.keycloakmcp.tests.integration.cimd;

import java.util.Locale;

/** Metadata documents as vendors publish them (November 2026), except for where they stand. */
enum Published {
    CLAUDE("https://claude.ai/api/mcp/auth_callback", """
            "client_name": "Claude", "client_uri": "https://claude.ai",
            "redirect_uris": ["https://claude.ai/api/mcp/auth_callback", "https://claude.com/api/mcp/auth_callback"],
            "grant_types": ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
            "response_types": ["code"], "token_endpoint_auth_method": "none\""""),
    CLAUDE_CODE("http://localhost:54212/callback", """
            "client_name": "Claude Code", "client_uri": "https://claude.ai",
            "redirect_uris": ["http://localhost/callback", "http://127.0.0.1/callback"],
            "grant_types": ["authorization_code", "refresh_token"],
            "response_types": ["code"], "token_endpoint_auth_method": "none\""""),
    VISUAL_STUDIO_CODE("http://127.0.0.1:33418/", """
            "client_name": "Visual Studio Code", "client_uri": "https://vscode.dev/product",
            "logo_uri": "https://code.visualstudio.com/assets/images/code-stable.png",
            "redirect_uris": ["http://127.0.0.1/", "http://127.0.0.1:33418/", "https://vscode.dev/redirect",
            "https://insiders.vscode.dev/redirect"],
            "grant_types": ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
            "response_types": ["code"], "token_endpoint_auth_method": "none", "application_type": "native\""""),
    /** Another one of its documents wants private_key_jwt. */
    CHATGPT("https://chatgpt.com/connector/oauth/a1B2c3D4", """
            "client_name": "ChatGPT", "client_uri": "https://chatgpt.com/",
            "redirect_uris": ["https://chatgpt.com/connector/oauth/a1B2c3D4"],
            "token_endpoint_auth_methods_supported": ["none", "private_key_jwt"],
            "token_endpoint_auth_signing_alg": "RS256", "jwks_uri": "https://chatgpt.com/oauth/jwks.json",
            "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"]""");

    private final String redirectUri;
    private final String members;

    Published(String redirectUri, String members) {
        this.redirectUri = redirectUri;
        this.members = members;
    }

    String path() {
        return "/oauth/" + name().toLowerCase(Locale.ROOT) + "/client.json";
    }

    /** The redirect URI that the client sends. */
    String redirectUri() {
        return redirectUri;
    }

    String members() {
        return members;
    }
}
