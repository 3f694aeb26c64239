package io.github.keycloakmcp.platform;

import java.util.List;
import java.util.Objects;

import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.cache.CacheRealmProvider;

/**
 * The client scopes whose mapper lists its MCP servers in the realm's metadata. They are found without reading the others,
 * of which a realm with thousands of MCP servers has tens of thousands.
 */
public final class AdvertisingScopes {

    /** Compared with {@code like}, because some databases keep values in a type for which they have no equality. */
    private static final String QUERY =
            "select distinct mapper.clientScope.id from ProtocolMapperEntity mapper join mapper.config entry"
                    + " where mapper.clientScope.realmId = :realm and mapper.protocolMapper = :provider"
                    + " and key(entry) = :setting and value(entry) like 'true'";

    private AdvertisingScopes() {}

    /** The scopes of {@code realm}, with one statement. */
    public static List<ClientScopeModel> find(KeycloakSession session, RealmModel realm) {
        return session
                .getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery(QUERY, String.class)
                .setParameter("realm", realm.getId())
                .setParameter("provider", ProviderIds.RESOURCE_AUDIENCE)
                .setParameter("setting", ServerSettings.ADVERTISE.key())
                .getResultList()
                .stream()
                .map(realm::getClientScopeById)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Has every node look for them again when a scope is added. Keycloak discards its cached copy of a realm, and what is
     * kept with it, for most changes of the realm, but not for this one.
     */
    public static void watch(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof ClientScopeModel.ClientScopeCreatedEvent created) {
                changed(created.getKeycloakSession(), created.getClientScope().getRealm());
            }
        });
    }

    /** Has every node look for them again if a mapper that is about to be stored makes its scope one of them. */
    public static void stored(KeycloakSession session, RealmModel realm, ProtocolMapperModel mapper) {
        if (ServerSettings.ADVERTISE.in(mapper.getConfig())) {
            changed(session, realm);
        }
    }

    private static void changed(KeycloakSession session, RealmModel realm) {
        CacheRealmProvider cache = session.getProvider(CacheRealmProvider.class);
        if (cache != null) {
            cache.registerRealmInvalidation(realm.getId(), realm.getName());
        }
    }
}
