package io.github.keycloakmcp.platform;

/**
 * The attributes of clients that the extension reads or writes, besides those of Keycloak's own that registration sets.
 * Keycloak's admin console has no form for attributes of clients: set them by {@code PUT …/mcp/servers}, with {@code kcadm.sh}, or
 * over Admin REST.
 */
public final class ClientAttributes {

    /**
     * On the client of an MCP server: its resource URI. Keycloak's own experimental feature reads the same attribute, so
     * a realm can move between the two. Found only where {@code spi-client--jpa--searchable-attributes} lists it; a
     * client whose id is the URI needs neither.
     */
    public static final String RESOURCE_URL = "resource_url";

    /**
     * On the client of an MCP server: the role that a user or service account needs to get a token for it, a realm role
     * or {@code client.role}. If the role does not exist, no user gets in.
     */
    public static final String REQUIRED_ROLE = "mcp.required-role";

    /** On the client of an MCP server: the team or person who looks after it, for administrators to read. */
    public static final String OWNER = "mcp.owner";

    /** On the client of an MCP server: the realm role whose users look after it, see {@link io.github.keycloakmcp.rule.team.Team}. */
    public static final String TEAM = "mcp.team";

    /** On the client of an MCP server: {@code true} if converting the list of servers made it, until an administrator declares it. */
    public static final String CONVERTED = "mcp.converted";

    /** On the client of an MCP server: {@code true} where tokens for it have to be bound to a key of their client (RFC 9449). */
    public static final String DPOP_REQUIRED = "mcp.dpop-required";

    /**
     * On a client that registered itself: when, or when last, in seconds since 1970. It is what tells it from an
     * administrator's.
     */
    public static final String REGISTERED = "mcp.registered";

    /**
     * On a client that provably is a known one: that one's identifier. Decided whenever the client is saved, no matter who saves
     * it.
     */
    public static final String KNOWN_CLIENT = "mcp.known-client";

    /**
     * On a client that registered itself: when it was last used, in seconds since 1970, as far behind as the setting
     * {@literal last-use-interval} lets it be. Absent on one that was never used.
     */
    public static final String LAST_USED = "mcp.last-used";

    /**
     * On a client that registered itself: when an administrator last saved it, in seconds since 1970. Such a client never
     * makes room for a new one.
     */
    public static final String ADMINISTERED = "mcp.administered";

    /** On a client with a metadata document: when the document was last read and found good, in seconds since 1970. */
    public static final String DOCUMENT_CHECKED = "mcp.document.checked";

    /** On a client with a metadata document: until when it counts without being read again, in seconds since 1970. */
    public static final String DOCUMENT_EXPIRES = "mcp.document.expires";

    /** On a client with a metadata document: what its host named it, to ask whether it has changed. */
    public static final String DOCUMENT_ETAG = "mcp.document.etag";

    /** On a client with a metadata document: when its host says that it changed, to ask whether it has again. */
    public static final String DOCUMENT_MODIFIED = "mcp.document.last-modified";

    /** On a client with a metadata document: {@code known}, {@code listed} or {@code unverified}, as its host is. */
    public static final String DOCUMENT_TRUST = "mcp.document.trust";

    /** On a client with a metadata document that names its keys by {@code jwks_uri}: that address. */
    public static final String DOCUMENT_KEYS = "mcp.document.keys";

    /** On the client that stands for another authorization server: its issuer. Keycloak's own development uses the name. */
    public static final String AUTHORIZATION_SERVER_IDENTIFIER = "idjag.resource.authorization.server.identifier";

    /**
     * On a client that may get identity assertions, followed by the client id of an authorization server's client: its own
     * identifier at that authorization server. Keycloak's own development uses the name.
     */
    public static final String ASSERTION_CLIENT_ID_AT = "idjag.clientid.at.";

    /** The same for the scopes that it may have there, with blanks between them. */
    public static final String ASSERTION_SCOPES_AT = "idjag.permitted.scopes.at.";

    /**
     * On the client of an authorization server: the URIs of its MCP servers, with blanks between them. With {@code .at.} and the
     * client id of an authorization server's client, on a client that may get assertions: those of them that it may use.
     */
    public static final String ASSERTION_SERVERS = "mcp.idjag.servers";

    /** On the client of an authorization server, followed by an MCP server or scope: the role that a user needs for it. */
    public static final String ASSERTION_ROLE_FOR = "mcp.idjag.role.for.";

    /**
     * On the client of an authorization server: claims beside {@code sub} by which it finds its users, {@code email} or {@code
     * preferred_username}, with blanks between them.
     */
    public static final String ASSERTION_CLAIMS = "mcp.idjag.claims";

    /**
     * On a client that exchanges tokens of users: scopes that it may get although the exchanged token does not have them, with
     * blanks between them.
     */
    public static final String DELEGATION_SCOPES = "mcp.delegation-scopes";

    /** On a client that exchanges tokens of users: {@code unlimited} lifts the limits of a client that acts for a user. */
    public static final String DELEGATION = "mcp.delegation";

    private static final String PREFIX = "mcp.";

    private static final String ASSERTION_PREFIX = "idjag.";

    private ClientAttributes() {}

    /** Tells whether {@code attribute} is ours to write: no client sets, changes or removes such an attribute of its own. */
    public static boolean isReserved(String attribute) {
        return attribute.startsWith(PREFIX) || attribute.startsWith(ASSERTION_PREFIX) || attribute.equals(RESOURCE_URL);
    }
}
