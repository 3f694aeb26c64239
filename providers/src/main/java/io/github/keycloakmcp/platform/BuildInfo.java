package io.github.keycloakmcp.platform;

import java.util.Map;

/** Which build of the extension runs; shown in the admin console's server information beside each provider. */
public final class BuildInfo {

    private BuildInfo() {}

    /** Operational information for Keycloak's server information page. */
    public static Map<String, String> operationalInfo() {
        String version = BuildInfo.class.getPackage().getImplementationVersion();
        return Map.of("keycloak-mcp", version == null ? "unpackaged" : version);
    }
}
