package io.github.keycloakmcp.admission;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.Setting;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The settings of the client policy executor: its own where it has them, else those of the realm's registration policy,
 * so that both decide alike without anything being written twice.
 */
public final class InheritedSettings {

    /** How the admin console shows them. */
    public static final List<ProviderConfigProperty> PROPERTIES =
            AdmissionConfig.SETTINGS.stream().map(Setting::inheritedProperty).toList();

    private InheritedSettings() {}

    /**
     * Reads the settings.
     *
     * @param own what is set on the executor; empty values count as not set
     * @param policy the registration policy that decides about the same request
     */
    public static AdmissionConfig of(Map<String, ?> own, Optional<ComponentModel> policy) {
        return AdmissionConfig.of(both(own, policy), problem -> McpLog.hostLeftOut(ProviderIds.CLIENT_GUARD, problem));
    }

    /** The settings for clients that nobody vouches for, where neither shell has been asked yet. */
    public static AdmissionConfig ofRealm(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        return of(guard(ActiveExecutors.in(session)), RealmPolicies.deciding(realm, false));
    }

    /** One of these alone, for whoever reads it often: nothing is logged. */
    static Set<String> forcedScopes(RealmModel realm, ActiveExecutors executors) {
        return Set.copyOf(
                AdmissionConfig.FORCED_SCOPES.in(both(guard(executors), RealmPolicies.deciding(realm, false))));
    }

    private static Map<String, Object> guard(ActiveExecutors executors) {
        return executors.configuration(ProviderIds.CLIENT_GUARD).orElse(Map.of());
    }

    /** Both as if they were one policy. */
    static ComponentModel both(Map<String, ?> own, Optional<ComponentModel> policy) {
        MultivaluedHashMap<String, String> values = new MultivaluedHashMap<>();
        policy.ifPresent(component -> values.putAll(component.getConfig()));
        own.forEach((key, value) -> {
            List<String> texts = texts(value);
            if (!texts.isEmpty()) {
                values.put(key, texts);
            }
        });
        ComponentModel both = new ComponentModel();
        both.setConfig(values);
        return both;
    }

    private static List<String> texts(@Nullable Object value) {
        Collection<?> values = value instanceof Collection<?> many ? many : value == null ? List.of() : List.of(value);
        return values.stream()
                .map(String::valueOf)
                .filter(text -> !text.isBlank())
                .toList();
    }
}
