package io.github.keycloakmcp.assertion;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.github.keycloakmcp.rule.WebAddress;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.kubernetes.KubernetesIdentityProviderConfig;
import org.keycloak.broker.kubernetes.KubernetesIdentityProviderFactory;
import org.keycloak.broker.kubernetes.KubernetesJwksEndpointLoader;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.oidc.OIDCIdentityProviderFactory;
import org.keycloak.cache.AlternativeLookupProvider;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.keys.PublicKeyStorageProvider;
import org.keycloak.keys.PublicKeyStorageUtils;
import org.keycloak.keys.loader.PublicKeyStorageManager;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.IdentityProviderType;
import org.keycloak.models.KeycloakSession;

/**
 * A platform that an administrator trusts to name its workloads. The setting is in the configuration of the identity provider,
 * so that exports and other tools have it. Its keys are read and kept by Keycloak, as for its other tokens.
 *
 * @param provider the identity provider
 */
record WorkloadIssuer(IdentityProviderModel provider) {

    private static final Logger LOG = Logger.getLogger(WorkloadIssuer.class);

    /** Setting: whether tokens of this identity provider are accepted without a client id (draft). */
    static final String WORKLOADS = "mcp.workloads";

    /** How long a token may live where the identity provider does not say; the default of Kubernetes. */
    private static final Duration LONGEST_LIFE = Duration.ofHours(1);

    /** Tells whether the realm trusts any. Asked only for requests that no client could send otherwise. */
    static boolean any(KeycloakSession session) {
        return session.identityProviders()
                .getAllStream(IdentityProviderQuery.any())
                .anyMatch(WorkloadIssuer::isTrusted);
    }

    /** The one with this issuer; empty where there is none, or more than one. */
    static Optional<WorkloadIssuer> of(KeycloakSession session, String issuer) {
        try {
            return Optional.ofNullable(session.getProvider(AlternativeLookupProvider.class)
                            .lookupIdentityProviderFromIssuer(session, IdentityProviderType.CLIENT_ASSERTION, issuer))
                    .filter(WorkloadIssuer::isTrusted)
                    .map(WorkloadIssuer::new);
        } catch (RuntimeException e) {
            LOG.debugf(e, "no identity provider for the issuer of a workload");
            return Optional.empty();
        }
    }

    /** How long its tokens may live. */
    Duration longestLife() {
        int seconds = provider.getFederatedClientAssertionMaxExpiration();
        return seconds > 0 ? Duration.ofSeconds(seconds) : LONGEST_LIFE;
    }

    /** Tells whether one of its tokens may be used twice, by Keycloak's own setting. */
    boolean allowsReuse() {
        return is(provider, OIDCIdentityProviderConfig.SUPPORTS_CLIENT_ASSERTION_REUSE);
    }

    /** Tells whether one of its keys has signed {@code token}. Keys that come over a connection without TLS are not used. */
    boolean signed(KeycloakSession session, JWSInput token) {
        String algorithm = token.getHeader().getRawAlgorithm();
        try {
            KeyWrapper key = key(session, token);
            SignatureProvider signatures = session.getProvider(SignatureProvider.class, algorithm);
            return key != null
                    && signatures != null
                    && signatures
                            .verifier(key)
                            .verify(
                                    token.getEncodedSignatureInput().getBytes(StandardCharsets.UTF_8),
                                    token.getSignature());
        } catch (VerificationException | RuntimeException e) {
            // A key of another kind than the algorithm, or keys that cannot be read now.
            LOG.debugf(e, "the signature of a workload's token cannot be checked");
            return false;
        }
    }

    private @Nullable KeyWrapper key(KeycloakSession session, JWSInput token) {
        String realm = session.getContext().getRealm().getId();
        return switch (provider.getProviderId()) {
            case KubernetesIdentityProviderFactory.PROVIDER_ID -> {
                String issuer = new KubernetesIdentityProviderConfig(provider).getIssuer();
                yield WebAddress.isProtected(issuer)
                        ? session.getProvider(PublicKeyStorageProvider.class)
                                .getPublicKey(
                                        PublicKeyStorageUtils.getIdpModelCacheKey(realm, provider.getInternalId()),
                                        token.getHeader().getKeyId(),
                                        token.getHeader().getRawAlgorithm(),
                                        new KubernetesJwksEndpointLoader(session, issuer))
                        : null;
            }
            case OIDCIdentityProviderFactory.PROVIDER_ID -> {
                OIDCIdentityProviderConfig config = new OIDCIdentityProviderConfig(provider);
                yield !config.isUseJwksUrl() || WebAddress.isProtected(config.getJwksUrl())
                        ? PublicKeyStorageManager.getIdentityProviderKeyWrapper(
                                session, session.getContext().getRealm(), config, token)
                        : null;
            }
            default -> null;
        };
    }

    private static boolean isTrusted(IdentityProviderModel provider) {
        return provider.isEnabled() && is(provider, WORKLOADS);
    }

    private static boolean is(IdentityProviderModel provider, String setting) {
        Map<String, String> config = provider.getConfig();
        return config != null && Boolean.parseBoolean(config.get(setting));
    }
}
