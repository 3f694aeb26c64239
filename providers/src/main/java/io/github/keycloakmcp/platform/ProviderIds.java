package io.github.keycloakmcp.platform;

import java.util.Set;

/**
 * The ids under which Keycloak knows our providers. They stand in realm files and in administrators' scripts: public
 * API, never renamed.
 */
public final class ProviderIds {

    /** Client registration policy: who may register, and as what. */
    public static final String CLIENT_REGISTRATION = "mcp-client-registration";

    /** Client policy executor: the same rules for clients that come, or are changed, in any other way. */
    public static final String CLIENT_GUARD = "mcp-client-guard";

    /** Protocol mapper: declares the MCP servers that a client scope opens, and stamps {@code aud}. */
    public static final String RESOURCE_AUDIENCE = "mcp-resource-audience";

    /** Token post-processor: binds every token to the MCP server it was granted for. */
    public static final String RESOURCE_BINDING = "mcp-resource-binding";

    /** Client policy executor: refuses an unknown {@code resource} before the user logs in. */
    public static final String RESOURCE = "mcp-resource";

    /** Client policy executor: clients introduce themselves by a document at the address that is their id. */
    public static final String CLIENT_ID_METADATA_DOCUMENT = "mcp-client-id-metadata-document";

    /** Well-known document: what the authorization server says of itself (RFC 8414). */
    public static final String AUTHORIZATION_SERVER = "mcp-oauth-authorization-server";

    /** Well-known document: the same for clients that look for an OpenID provider. */
    public static final String OPENID_CONFIGURATION = "mcp-openid-configuration";

    /** Required action: consent for each MCP server. */
    public static final String CONSENT = "mcp-consent";

    /** Event listener: remembers which MCP servers a user has approved. */
    public static final String CONSENT_MEMORY = "mcp-consent-memory";

    /** Event listener, on in every realm: notes when a client that registered itself was last used. */
    public static final String LAST_USE = "mcp-last-use";

    /** Our own service, {@link ClientCleanUp}: removes clients that are no longer used. */
    public static final String CLEAN_UP_SPI = "mcp-clean-up";

    /** The one provider of {@link #CLEAN_UP_SPI}. */
    public static final String CLEAN_UP = "unused-clients";

    /** Our own service, {@link ServerCatalogue}: the MCP servers that an administrator has declared. */
    public static final String CATALOGUE_SPI = "mcp-server-catalogue";

    /** The one provider of {@link #CATALOGUE_SPI}. */
    public static final String CATALOGUE = "declared";

    /** Client policy condition: an MCP client, however it came into the realm. */
    public static final String CLIENT_CONDITION = "mcp-client";

    /** Admin REST resource: set-up, status, servers, clients and diagnosis of a realm. */
    public static final String ADMIN = "mcp";

    /** Realm resource: the admin page. */
    public static final String ADMIN_PAGE = "mcp-admin";

    /** Theme resource: labels and help texts of the admin console in other languages than English. */
    public static final String CONSOLE_TEXTS = "mcp-console-texts";

    /** Client policy executor of Keycloak's own, experimental: loads metadata documents. */
    public static final String UPSTREAM_DOCUMENTS = "client-id-metadata-document";

    /** Token exchange provider that issues identity assertions. */
    public static final String ASSERTION_ISSUER = "mcp-id-jag";

    /** All client policy executors of this extension. */
    public static final Set<String> EXECUTORS = Set.of(CLIENT_GUARD, RESOURCE, CLIENT_ID_METADATA_DOCUMENT);

    private ProviderIds() {}
}
