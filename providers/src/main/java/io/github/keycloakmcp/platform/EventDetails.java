package io.github.keycloakmcp.platform;

/** Details that the extension adds to Keycloak's events, and that one capability reads of another. */
public final class EventDetails {

    /** On a registration: the client was there already. */
    public static final String SHARED = "mcp_shared";

    /** On an error event: the {@link io.github.keycloakmcp.rule.RefusalCode} of the refusal. */
    public static final String REFUSAL = "mcp_refusal";

    /** On an error event that Keycloak records: which rule and setting refused. */
    public static final String REASON = "mcp_reason";

    /** On an error event: the role that the user, or the machine client, does not have. */
    public static final String ROLE = "mcp_role";

    /** On a token for an assertion: the identity provider for whose users an administrator has approved the client. */
    public static final String APPROVED_BY = "mcp_approved_by";

    /** On a token of a client that acts for a user: the client ids of all who act, the present one first, separated by blanks. */
    public static final String ACTORS = "mcp_actors";

    private EventDetails() {}
}
