package io.github.keycloakmcp.platform;

import java.util.Map;

/**
 * Marks what set-up has made in a realm: the attribute {@value #ATTRIBUTE}, on the realm, on the client scope and on the
 * client of the admin page. Without it an administrator's own scope, profile or policy of the same name would be changed by
 * enabling and removed by leaving.
 */
public final class ManagedMark {

    /** On a client or a client scope {@code true}; on a realm the name of the client profile and policy. */
    public static final String ATTRIBUTE = "mcp.managed";

    private ManagedMark() {}

    /** Whether these attributes of a client or a client scope have the mark. */
    public static boolean isOn(Map<String, String> attributes) {
        return "true".equals(attributes.get(ATTRIBUTE));
    }
}
