package io.github.keycloakmcp.admin.setup;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.assertion.TrustedIssuer;
import io.github.keycloakmcp.platform.AssertionIssuers;
import io.github.keycloakmcp.platform.ClientIds;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.jwtauthorizationgrant.JWTAuthorizationGrantConfig;
import org.keycloak.broker.jwtauthorizationgrant.JWTAuthorizationGrantIdentityProviderFactory;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.provider.IdentityProvider;
import org.keycloak.broker.provider.IdentityProviderFactory;
import org.keycloak.models.Constants;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Lets a company's identity provider say which client may use which MCP server for its users. Everything is stored with the
 * identity provider of the realm, so that exports, the admin console and other tools have it.
 */
public final class IssuerTrust {

    private static final String KIND = "identity-provider";

    private static final List<String> OURS =
            List.of(TrustedIssuer.CLIENTS, TrustedIssuer.DOCUMENT_CLIENTS, TrustedIssuer.SERVERS, TrustedIssuer.USERS);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ServerChanges changes = new ServerChanges();

    public IssuerTrust(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** The identity providers whose assertions the realm accepts. */
    public Stream<TrustedIssuer> all() {
        return AssertionIssuers.all(session).map(TrustedIssuer::new);
    }

    /** The identity provider of this name, if the realm accepts its assertions. */
    public Optional<TrustedIssuer> find(String alias) {
        return Optional.ofNullable(session.identityProviders().getByAlias(alias))
                .filter(AssertionIssuers::isAccepted)
                .map(TrustedIssuer::new);
    }

    /**
     * What was changed, and what there is then. It is not read again: a dry run is taken back, and Keycloak's cache would keep
     * what never was.
     */
    public record Given(TrustedIssuer issuer, List<ObjectNode> changes) {}

    /** Makes the identity provider what the document says. */
    public Given give(String alias, TrustDocument document) throws InvalidInput {
        IdentityProviderModel there = session.identityProviders().getByAlias(alias);
        if (there == null && (document.issuer() == null || document.jwksUrl() == null)) {
            throw new InvalidInput(
                    document.issuer() == null ? TrustDocument.ISSUER : TrustDocument.JWKS_URL,
                    "a new identity provider needs issuer and jwksUrl");
        }
        IdentityProviderModel provider = there == null ? fresh(alias) : there;
        Map<String, String> config = new HashMap<>(provider.getConfig());
        put(config, alias, JWTAuthorizationGrantConfig.JWT_AUTHORIZATION_GRANT_ENABLED, "true");
        if (config.containsKey(JWTAuthorizationGrantConfig.JWT_AUTHORIZATION_GRANT_ASSERTION_REUSE_ALLOWED)) {
            put(config, alias, JWTAuthorizationGrantConfig.JWT_AUTHORIZATION_GRANT_ASSERTION_REUSE_ALLOWED, "false");
        }
        put(config, alias, IdentityProviderModel.ISSUER, document.issuer());
        if (document.jwksUrl() != null) {
            put(config, alias, OIDCIdentityProviderConfig.USE_JWKS_URL, "true");
            put(config, alias, OIDCIdentityProviderConfig.JWKS_URL, document.jwksUrl());
        }
        for (String client : document.clients() == null ? List.<String>of() : document.clients()) {
            if (ClientIds.find(realm, client).isEmpty()) {
                throw new InvalidInput(TrustDocument.CLIENTS, "there is no client " + client);
            }
        }
        put(config, alias, TrustedIssuer.CLIENTS, joined(document.clients()));
        put(config, alias, TrustedIssuer.SERVERS, joined(document.servers()));
        put(config, alias, TrustedIssuer.USERS, document.users());
        put(
                config,
                alias,
                TrustedIssuer.DOCUMENT_CLIENTS,
                document.documentClients() == null
                        ? null
                        : document.documentClients().toString());
        provider.setConfig(config);
        check(provider);
        if (there == null) {
            session.identityProviders().create(provider);
        } else {
            session.identityProviders().update(provider);
        }
        return new Given(new TrustedIssuer(provider), changes.made());
    }

    /** Takes the trust back at once. The identity provider stays, with its users' links; tokens live until they expire. */
    public boolean take(String alias) {
        IdentityProviderModel provider = session.identityProviders().getByAlias(alias);
        if (provider == null || !AssertionIssuers.isAccepted(provider)) {
            return false;
        }
        Map<String, String> config = new HashMap<>(provider.getConfig());
        config.keySet().removeAll(OURS);
        config.put(JWTAuthorizationGrantConfig.JWT_AUTHORIZATION_GRANT_ENABLED, "false");
        provider.setConfig(config);
        session.identityProviders().update(provider);
        return true;
    }

    private IdentityProviderModel fresh(String alias) throws InvalidInput {
        if (!alias.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new InvalidInput(
                    "", "the name of an identity provider has letters, digits, dots, hyphens and underscores");
        }
        IdentityProviderModel provider = new IdentityProviderModel();
        provider.setAlias(alias);
        provider.setProviderId(JWTAuthorizationGrantIdentityProviderFactory.PROVIDER_ID);
        provider.setEnabled(true);
        provider.setConfig(new HashMap<>());
        changes.add("create", KIND, alias);
        return provider;
    }

    /** Asks Keycloak, as it does itself for the admin console: the issuer is no other provider's, addresses are https. */
    private void check(IdentityProviderModel provider) throws InvalidInput {
        IdentityProviderFactory<?> factory = (IdentityProviderFactory<?>) session.getKeycloakSessionFactory()
                .getProviderFactory(IdentityProvider.class, provider.getProviderId());
        IdentityProviderModel checked = factory == null ? provider : factory.createConfig();
        if (!(checked instanceof JWTAuthorizationGrantConfig)) {
            throw new InvalidInput(
                    "", "identity providers of the type " + provider.getProviderId() + " issue no assertions");
        }
        checked.setInternalId(provider.getInternalId());
        checked.setAlias(provider.getAlias());
        checked.setProviderId(provider.getProviderId());
        checked.getConfig().putAll(provider.getConfig());
        try {
            checked.validate(realm);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("", String.valueOf(e.getMessage()));
        }
    }

    private void put(Map<String, String> config, String alias, String setting, @Nullable String value) {
        changes.set(KIND, alias, setting, config.get(setting), value, after -> config.put(setting, after));
    }

    private static @Nullable String joined(@Nullable List<String> values) {
        return values == null ? null : String.join(Constants.CFG_DELIMITER, values);
    }
}
