package io.github.keycloakmcp.cimd;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.github.keycloakmcp.fetch.Deadline;
import io.github.keycloakmcp.fetch.GuardedFetch;
import io.github.keycloakmcp.fetch.OncePerPause;
import io.github.keycloakmcp.fetch.SharedFetch;
import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.rule.cimd.DocumentUrl;
import io.github.keycloakmcp.settings.DocumentSettings;
import io.github.keycloakmcp.settings.RealmSettings;
import org.keycloak.crypto.PublicKeysWrapper;
import org.keycloak.jose.jwk.JSONWebKeySet;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.keys.PublicKeyLoader;
import org.keycloak.keys.PublicKeyStorageProvider;
import org.keycloak.keys.PublicKeyStorageUtils;
import org.keycloak.keys.loader.PublicKeyStorageManager;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.JWKSUtils;

/**
 * Loads the keys of a client again that signs with one that is not stored. Without it a vendor that replaces its key locks its
 * client out until the document expires. The keys are where the document said, and are loaded once a minute and client at
 * most, because anyone can name a key that does not exist.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#RotateSigKeys">OpenID Connect Core, section 10.1.1</a>
 */
final class KeyRefresh {

    /** The time in which a node loads the keys of one client once. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    private final SharedFetch fetch;
    private final OncePerPause pauses = new OncePerPause(PAUSE, System::nanoTime);

    KeyRefresh(SharedFetch fetch) {
        this.fetch = fetch;
    }

    /** The only type that Keycloak's own reader of key sets takes. */
    @SuppressWarnings("deprecation")
    private static PublicKeysWrapper signing(JSONWebKeySet keys) {
        return JWKSUtils.getKeyWrappersForUse(keys, JWK.Use.SIG);
    }

    /** Makes the key known that {@code assertion} is signed with, or says why it is not. */
    Optional<String> find(KeycloakSession session, ClientModel client, JWSInput assertion) {
        String key = assertion.getHeader().getKeyId();
        String address = client.getAttribute(ClientAttributes.DOCUMENT_KEYS);
        if (key == null
                || address == null
                || PublicKeyStorageManager.getClientPublicKeyWrapper(session, client, assertion) != null) {
            return Optional.empty();
        }
        AtomicReference<String> problem = new AtomicReference<>(
                "key not among those at jwks_uri, which are loaded once in " + PAUSE.toSeconds() + " seconds");
        pauses.run(
                client.getId(),
                () -> load(session, client.getClientId(), address)
                        .ifPresent(reason -> problem.set("the keys at jwks_uri could not be loaded: " + reason)));
        PublicKeyLoader stored = () -> signing(stored(session, client));
        return session.getProvider(PublicKeyStorageProvider.class)
                                .getPublicKey(
                                        PublicKeyStorageUtils.getClientModelCacheKey(
                                                client.getRealm().getId(), client.getId()),
                                        key,
                                        assertion.getHeader().getRawAlgorithm(),
                                        stored)
                        == null
                ? Optional.ofNullable(problem.get())
                : Optional.empty();
    }

    /** As they are in the database now; the request may have read its client before. */
    private static JSONWebKeySet stored(KeycloakSession session, ClientModel client) {
        return new DocumentStore(session)
                .keys(client.getClientId())
                .filter(keys -> keys instanceof KeyLoader.Keys.Found)
                .map(keys -> ((KeyLoader.Keys.Found) keys).set())
                .orElseGet(JSONWebKeySet::new);
    }

    private Optional<String> load(KeycloakSession session, String clientId, String address) {
        Optional<DocumentUrl> document = accepted(session, clientId);
        if (document.isEmpty()) {
            return Optional.of("documents from this host are no longer accepted");
        }
        KeyLoader.Keys keys =
                new KeyLoader(fetch, session).load(document.get(), address, true, Deadline.in(GuardedFetch.LIMIT));
        if (keys instanceof KeyLoader.Keys.Missing missing) {
            return Optional.of(missing.reason());
        }
        new DocumentStore(session).keepKeys(clientId, address, ((KeyLoader.Keys.Found) keys).set());
        return Optional.empty();
    }

    /** The document, if the settings of the realm still accept it: a host that was removed from them is not called. */
    private static Optional<DocumentUrl> accepted(KeycloakSession session, String clientId) {
        return DocumentSettings.in(ActiveExecutors.in(session))
                .flatMap(config -> DocumentUrl.parse(clientId)
                        .decided()
                        .filter(url -> config.sources()
                                .judge(url, DocumentClients.isKnown(RealmSettings.in(session), url))
                                .decided()
                                .isPresent()));
    }
}
