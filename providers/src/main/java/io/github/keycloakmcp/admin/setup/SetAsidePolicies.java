package io.github.keycloakmcp.admin.setup;

import java.util.Set;

import io.github.keycloakmcp.platform.ProviderIds;

/**
 * Keycloak's registration policies that refuse every MCP client. All of them are set aside, because each alone is enough
 * to refuse; ours decides what they decided. A policy that is set aside keeps its id, name and settings and changes only
 * which requests it judges: none that Keycloak knows. That survives exports, needs no memory anywhere else, and can be
 * taken back by hand even where the jar is gone.
 */
public final class SetAsidePolicies {

    /** Before the kind of requests that the policy judged. */
    private static final String PREFIX = "mcp-set-aside:";

    /** Trusted Hosts, Allowed Client Scopes, Max Clients. */
    private static final Set<String> REFUSE = Set.of("trusted-hosts", "allowed-client-templates", "max-clients");

    private SetAsidePolicies() {}

    static boolean isOurs(Part policy) {
        return ProviderIds.CLIENT_REGISTRATION.equals(policy.text("providerId"));
    }

    public static boolean refusesClients(Part policy) {
        return REFUSE.contains(policy.text("providerId")) && !isSetAside(policy);
    }

    public static boolean isSetAside(Part policy) {
        return policy.text("subType").startsWith(PREFIX);
    }

    static String aside(String subType) {
        return PREFIX + subType;
    }

    static String back(String subType) {
        return subType.substring(PREFIX.length());
    }
}
