package io.github.keycloakmcp.assertion;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.rule.assertion.UserMapping;
import org.jboss.logging.Logger;
import org.keycloak.broker.jwtauthorizationgrant.JWTAuthorizationGrantConfig;
import org.keycloak.cache.AlternativeLookupProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderType;
import org.keycloak.models.KeycloakSession;

/**
 * An identity provider of the realm that issues assertions, with what an administrator trusts it to do beside Keycloak's own
 * settings. The settings are in the configuration of the identity provider, so that exports and other tools have them.
 *
 * @param provider the identity provider
 */
public record TrustedIssuer(IdentityProviderModel provider) {

    private static final Logger LOG = Logger.getLogger(TrustedIssuer.class);

    /** Setting: ids of the clients that may redeem its assertions without a setting of their own, with {@code ##} between them. */
    public static final String CLIENTS = "mcp.clients";

    /** Setting: whether clients with a metadata document may redeem its assertions, as far as the realm accepts the documents. */
    public static final String DOCUMENT_CLIENTS = "mcp.document-clients";

    /** Setting: the MCP servers that its assertions open, with {@code ##} between them; without it, all of the realm. */
    public static final String SERVERS = "mcp.servers";

    /** Setting: how the user of an assertion is found, see {@link UserMapping}. */
    public static final String USERS = "mcp.users";

    /** The identity provider with this issuer; empty where there is none, or more than one, which Keycloak refuses. */
    static Optional<TrustedIssuer> of(KeycloakSession session, Map<String, Object> claims) {
        if (!(claims.get("iss") instanceof String issuer)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(session.getProvider(AlternativeLookupProvider.class)
                            .lookupIdentityProviderFromIssuer(
                                    session, IdentityProviderType.JWT_AUTHORIZATION_GRANT, issuer))
                    .map(TrustedIssuer::new);
        } catch (RuntimeException e) {
            LOG.debugf(e, "no identity provider for the issuer of an assertion");
            return Optional.empty();
        }
    }

    /** Tells whether Keycloak's own setting lets one assertion be used twice. */
    boolean allowsReuse() {
        return is(JWTAuthorizationGrantConfig.JWT_AUTHORIZATION_GRANT_ASSERTION_REUSE_ALLOWED);
    }

    /** Tells whether clients with a metadata document may redeem its assertions. */
    public boolean trustsDocuments() {
        return is(DOCUMENT_CLIENTS);
    }

    /** The clients that may redeem its assertions. */
    public List<String> clients() {
        return list(CLIENTS);
    }

    /** The MCP servers that its assertions open; none where they open all of the realm. */
    public List<String> servers() {
        return list(SERVERS);
    }

    /** How the user of an assertion is found. */
    public UserMapping users() {
        return setting(USERS).flatMap(UserMapping::of).orElseGet(UserMapping.Link::new);
    }

    /** Tells whether an administrator has approved the client for all users that the issuer vouches for. */
    boolean approves(ClientModel client) {
        return clients().contains(client.getClientId())
                || (trustsDocuments() && client.getAttribute(ClientAttributes.DOCUMENT_CHECKED) != null);
    }

    private List<String> list(String setting) {
        return setting(setting).stream()
                .flatMap(Constants.CFG_DELIMITER_PATTERN::splitAsStream)
                .filter(entry -> !entry.isBlank())
                .toList();
    }

    private boolean is(String setting) {
        return setting(setting).map(Boolean::parseBoolean).orElse(false);
    }

    private Optional<String> setting(String name) {
        return Stream.ofNullable(provider.getConfig())
                .flatMap(config -> Stream.ofNullable(config.get(name)))
                .findFirst();
    }
}
