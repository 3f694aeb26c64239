package io.github.keycloakmcp.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.util.RawValue;
import io.github.keycloakmcp.platform.AssertionIssuers;
import io.github.keycloakmcp.platform.NamedScopes;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.cache.CachedRealmModel;
import org.keycloak.urls.UrlType;
import org.keycloak.util.JsonSerialization;

/**
 * Metadata that has been computed before, ready to be sent. It is kept with Keycloak's cached copy of the realm, which any
 * change of the realm on any node discards, and with it what was computed from it. Client scopes have cached copies of
 * their own; what metadata tells of the few that it depends on is compared each time. Without this, every client that looks
 * where to register or log in has the whole document built anew.
 */
final class KeptMetadata {

    /** More base URLs than a realm has; a server that accepts any host name can be asked under any number of them. */
    private static final int MOST_URLS = 32;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Map<Object, Object> keptWithRealm;
    private final Key key;

    private KeptMetadata(KeycloakSession session, RealmModel realm, Map<Object, Object> keptWithRealm, Key key) {
        this.session = session;
        this.realm = realm;
        this.keptWithRealm = keptWithRealm;
        this.key = key;
    }

    private record Key(String document, URI frontend, URI backend) {

        static Key of(String document, KeycloakContext context) {
            return new Key(
                    document,
                    context.getUri(UrlType.FRONTEND).getBaseUri(),
                    context.getUri(UrlType.BACKEND).getBaseUri());
        }
    }

    private record Kept(
            Set<String> forced, List<String> advertising, List<Scope> scopes, boolean assertions, RawValue json) {}

    /** What metadata may tell of a client scope. */
    private record Scope(
            String name, String protocol, Map<String, String> attributes, List<Map<String, String>> servers) {

        static Scope of(ClientScopeModel scope) {
            return new Scope(
                    scope.getName(),
                    scope.getProtocol(),
                    scope.getAttributes(),
                    scope.getProtocolMappersStream()
                            .filter(mapper -> ProviderIds.RESOURCE_AUDIENCE.equals(mapper.getProtocolMapper()))
                            .map(ProtocolMapperModel::getConfig)
                            .toList());
        }
    }

    /**
     * The place of one document of the realm that {@code session} works in; none where Keycloak does not cache the realm,
     * or is about to change it.
     */
    @SuppressWarnings("unchecked") // Keycloak's map is for anything
    static Optional<KeptMetadata> of(KeycloakSession session, String document) {
        RealmModel realm = session.getContext().getRealm();
        if (!(realm instanceof CachedRealmModel cached)
                || !"GET".equals(session.getContext().getHttpRequest().getHttpMethod())) {
            return Optional.empty();
        }
        return Optional.of(
                new KeptMetadata(session, realm, cached.getCachedWith(), Key.of(document, session.getContext())));
    }

    /** The document, if it is what would be computed now. */
    Optional<RawValue> find() {
        return Optional.ofNullable(keptWithRealm.get(key))
                .map(Kept.class::cast)
                .filter(kept -> kept.scopes().equals(scopes(kept.forced(), kept.advertising())))
                .filter(kept -> kept.assertions() == AssertionIssuers.any(session))
                .map(Kept::json);
    }

    /**
     * Computes the document, and keeps it for requests to come.
     *
     * @param forced the scopes that the realm forces on clients
     * @param advertising the scopes whose servers it lists
     * @param assertions whether it tells of assertions, which depends on the identity providers: no part of the cached realm
     */
    RawValue keep(
            Set<String> forced,
            List<ClientScopeModel> advertising,
            boolean assertions,
            Supplier<Map<String, Object>> compute) {
        List<String> ids = advertising.stream().map(ClientScopeModel::getId).toList();
        List<Scope> scopes = scopes(forced, ids);
        RawValue json = json(compute.get());
        if (keptWithRealm.keySet().stream().filter(Key.class::isInstance).count() >= MOST_URLS) {
            keptWithRealm.keySet().removeIf(Key.class::isInstance);
        }
        keptWithRealm.put(key, new Kept(forced, ids, scopes, assertions, json));
        return json;
    }

    /** Which scopes are the realm's own for new clients is part of the cached realm; the others are found again. */
    private List<Scope> scopes(Set<String> forced, List<String> advertising) {
        return Stream.of(
                        realm.getDefaultClientScopesStream(true),
                        realm.getDefaultClientScopesStream(false),
                        NamedScopes.find(session, realm, forced).stream(),
                        advertising.stream().map(realm::getClientScopeById).filter(Objects::nonNull))
                .flatMap(scopes -> scopes)
                .map(Scope::of)
                .toList();
    }

    private static RawValue json(Map<String, Object> members) {
        try {
            return new RawValue(JsonSerialization.writeValueAsString(members));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
