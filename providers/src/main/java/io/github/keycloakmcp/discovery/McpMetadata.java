package io.github.keycloakmcp.discovery;

import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.keycloakmcp.admission.AdvertisedScopes;
import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.McpScopes;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.rule.discovery.MetadataRule;
import io.github.keycloakmcp.settings.RealmPolicies;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JsonSerialization;
import org.keycloak.wellknown.WellKnownProvider;

/**
 * The metadata of a realm: Keycloak's own, with what {@link MetadataRule} makes of it where the realm uses the extension.
 * A realm uses it when any part of it is switched on there: a client scope that opens MCP servers, the registration
 * policy, the client guard, or metadata documents. Every other realm keeps Keycloak's words.
 */
final class McpMetadata implements WellKnownProvider {

    private final KeycloakSession session;
    private final WellKnownProvider keycloaks;

    McpMetadata(KeycloakSession session, WellKnownProvider keycloaks) {
        this.session = session;
        this.keycloaks = keycloaks;
    }

    @Override
    public Object getConfig() {
        Object config = keycloaks.getConfig();
        RealmModel realm = session.getContext().getRealm();
        ActiveExecutors executors = ActiveExecutors.in(session);
        boolean documents = executors.contain(ProviderIds.CLIENT_ID_METADATA_DOCUMENT);
        if (!documents && !usesTheExtension(realm, executors)) {
            return config;
        }
        Map<String, Object> members = JsonSerialization.mapper.convertValue(config, new TypeReference<>() {});
        return new MetadataRule(AdvertisedScopes.of(realm, executors), ProtectedResources.of(realm), documents)
                .applyTo(members);
    }

    private static boolean usesTheExtension(RealmModel realm, ActiveExecutors executors) {
        return !McpScopes.namesIn(realm).isEmpty()
                || RealmPolicies.of(realm).findAny().isPresent()
                || executors.contain(ProviderIds.CLIENT_GUARD);
    }

    @Override
    public void close() {}
}
