package io.github.keycloakmcp.tests.realclients;

import java.time.Instant;
import java.util.List;

/** Servers and clients as a company with many of them has, for pictures. */
final class Business {

    private static final List<String> TEAMS =
            List.of("billing", "calendar", "contracts", "deployments", "inventory", "orders", "payroll", "support");
    private static final List<String> STAGES = List.of("de", "es", "eu", "fr", "jp", "uk", "us");

    private record Maker(String name, String redirect, String known) {}

    private static final List<Maker> MAKERS = List.of(
            new Maker("Visual Studio Code", "https://vscode.dev/redirect", "vscode"),
            new Maker("Claude", "https://claude.ai/api/mcp/auth_callback", "claude"),
            new Maker("Cursor", "cursor://anysphere.cursor-mcp/oauth/callback", "cursor"),
            new Maker("MCP Inspector", "http://localhost:6274/oauth/callback", ""),
            new Maker("mcp-remote", "http://127.0.0.1/oauth/callback", ""));

    private Business() {}

    static String server(int number) {
        return TEAMS.get(number % TEAMS.size()) + "-" + STAGES.get(number / TEAMS.size() % STAGES.size())
                + (number < TEAMS.size() * STAGES.size() ? "" : "-" + number / (TEAMS.size() * STAGES.size()));
    }

    /** As Keycloak imports it. */
    static String client(int number) {
        Maker maker = MAKERS.get(number % MAKERS.size());
        long registered = Instant.parse("2026-11-20T08:00:00Z").getEpochSecond() - number * 4_321L;
        String known = maker.known().isEmpty() ? "" : ", \"mcp.known-client\": \"" + maker.known() + "\"";
        return """
                {"clientId": "%s", "name": "%s", "publicClient": true, "enabled": %b, "redirectUris": ["%s"],
                 "attributes": {"mcp.registered": "%d", "mcp.last-used": "%d"%s}}
                """.formatted(
                        new java.util.UUID(number * 0x9E3779B97F4A7C15L, ~number * 0xC2B2AE3D27D4EB4FL),
                        maker.name(),
                        number % 17 != 3,
                        maker.redirect(),
                        registered,
                        registered + 3_600,
                        known);
    }
}
