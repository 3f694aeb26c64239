package io.github.keycloakmcp.discovery;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.keycloakmcp.admission.AdvertisedScopes;
import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.AdvertisingScopes;
import io.github.keycloakmcp.platform.AssertionIssuers;
import io.github.keycloakmcp.platform.McpScopes;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.rule.discovery.MetadataRule;
import io.github.keycloakmcp.settings.DocumentSettings;
import io.github.keycloakmcp.settings.RealmPolicies;
import io.github.keycloakmcp.settings.RealmSettings;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCWellKnownProvider;
import org.keycloak.util.JsonSerialization;
import org.keycloak.wellknown.WellKnownProvider;

/**
 * The metadata of a realm: Keycloak's own, with what {@link MetadataRule} makes of it where the realm uses the extension.
 * A realm uses it when any part of it is switched on there: a client scope that opens MCP servers, the registration
 * policy, the client guard, or metadata documents. Every other realm keeps Keycloak's words.
 */
final class McpMetadata implements WellKnownProvider {

    private final KeycloakSession session;
    private final String document;
    private final WellKnownProvider keycloaks;

    /**
     * Metadata made of Keycloak's own.
     *
     * @param document which document, by the id of Keycloak's provider of it
     */
    McpMetadata(KeycloakSession session, String document) {
        this.session = session;
        this.document = document;
        this.keycloaks = session.getProvider(WellKnownProvider.class, document);
    }

    @Override
    public Object getConfig() {
        // A provider of another extension in the place of Keycloak's own may depend on anything.
        Optional<KeptMetadata> kept = keycloaks.getClass() == OIDCWellKnownProvider.class
                ? KeptMetadata.of(session, document)
                : Optional.empty();
        return kept.flatMap(KeptMetadata::find).<Object>map(found -> found).orElseGet(() -> compute(kept));
    }

    private Object compute(Optional<KeptMetadata> kept) {
        RealmModel realm = session.getContext().getRealm();
        ActiveExecutors executors = ActiveExecutors.in(session);
        boolean documents = DocumentSettings.in(executors).isPresent();
        if (!documents && !usesTheExtension(realm, executors)) {
            return keycloaks.getConfig();
        }
        boolean assertions = AssertionIssuers.any(session);
        Set<String> forced = RealmSettings.in(realm, executors).registration().forcedScopes();
        List<ClientScopeModel> advertising = AdvertisingScopes.find(session, realm);
        Supplier<Map<String, Object>> members = () -> new MetadataRule(
                        AdvertisedScopes.of(session, forced), ProtectedResources.of(advertising), documents, assertions)
                .applyTo(JsonSerialization.mapper.convertValue(keycloaks.getConfig(), new TypeReference<>() {}));
        return kept.<Object>map(place -> place.keep(forced, advertising, assertions, members))
                .orElseGet(members);
    }

    private static boolean usesTheExtension(RealmModel realm, ActiveExecutors executors) {
        // The scopes last: there can be tens of thousands.
        return RealmPolicies.of(realm).findAny().isPresent()
                || executors.contain(ProviderIds.CLIENT_GUARD)
                || McpScopes.areIn(realm);
    }

    @Override
    public void close() {}
}
