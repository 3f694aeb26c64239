package io.github.keycloakmcp.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.ReadOnce;
import io.github.keycloakmcp.platform.Setting;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The settings that apply to one kind of request. This is the only place that knows how the registration policy and the
 * client policy executor {@value ProviderIds#CLIENT_GUARD} share them: a setting of the executor precedes that of the
 * policy, except for what only the policy decides. Without it each reader would combine the two in its own way.
 *
 * @param registration which clients are accepted
 * @param limits how many are, and from where
 * @param lifecycle how long they are kept
 */
public record RealmSettings(RegistrationSettings registration, LimitSettings limits, LifecycleSettings lifecycle) {

    /** The settings of the executor: those about one client, which it decides for clients that no policy sees. */
    public static final List<Setting<?>> OF_EXECUTOR = all(RegistrationSettings.SETTINGS, LimitSettings.SETTINGS);

    /** The settings of the policy: all. */
    public static final List<Setting<?>> OF_POLICY = all(OF_EXECUTOR, LifecycleSettings.SETTINGS);

    /** Parsed once per text, so that a malformed entry is logged once and not for every request. */
    private static final ReadOnce<Source, RealmSettings> KNOWN = new ReadOnce<>();

    /** Reads a registration policy that an administrator is about to store. */
    public static RealmSettings check(ComponentModel policy, Consumer<String> invalid) {
        return read(policy.getConfig(), invalid);
    }

    /** The settings of a registration policy, by which it decides alone. */
    public static RealmSettings of(ComponentModel policy) {
        return parse(new Source("registration policy '" + policy.getName() + "'", policy.getConfig(), List.of()));
    }

    /**
     * Gives the other policies of the realm the settings of the one for anonymous requests, which has just been changed, as
     * long as they had the same before. Keycloak asks a policy of each type, so without it an administrator would have to
     * change every setting twice; a policy that was made different on purpose stays different.
     */
    public static void follow(RealmModel realm, ComponentModel before, ComponentModel after) {
        if (!RealmPolicies.isAnonymous(after)) {
            return;
        }
        RealmSettings old = read(before.getConfig(), ignored -> {});
        RealmPolicies.of(realm)
                .filter(policy -> !RealmPolicies.isAnonymous(policy))
                .filter(policy -> read(policy.getConfig(), ignored -> {}).equals(old))
                .toList()
                .forEach(policy -> {
                    policy.setConfig(new MultivaluedHashMap<>(after.getConfig()));
                    realm.updateComponent(policy);
                });
    }

    /** The settings of the policy for anonymous requests, if the realm has one. */
    public static Optional<RealmSettings> ofPolicy(RealmModel realm) {
        return RealmPolicies.deciding(realm, false).map(RealmSettings::of);
    }

    /**
     * The settings by which the executor decides.
     *
     * @param own what is stored on the executor
     * @param trusted whether the request comes with an initial access token or from an administrator
     */
    public static RealmSettings ofExecutor(RealmModel realm, Map<String, ?> own, boolean trusted) {
        return combine(own, RealmPolicies.deciding(realm, trusted));
    }

    /** The settings for clients without an initial access token; the defaults where the realm has none. */
    public static RealmSettings in(KeycloakSession session) {
        return in(session.getContext().getRealm(), ActiveExecutors.in(session));
    }

    /** The same, where the executors of the realm are known. */
    public static RealmSettings in(RealmModel realm, ActiveExecutors executors) {
        return combine(
                executors.configuration(ProviderIds.CLIENT_GUARD).orElse(Map.of()),
                RealmPolicies.deciding(realm, false));
    }

    /** How long the realm keeps self-registered clients; none in a realm without MCP. */
    public static Optional<LifecycleSettings> lifecycle(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        return RealmPolicies.deciding(realm, false)
                .or(() -> RealmPolicies.deciding(realm, true))
                .map(RealmSettings::of)
                .or(() -> ActiveExecutors.in(session)
                        .configuration(ProviderIds.CLIENT_GUARD)
                        .map(own -> combine(own, Optional.empty())))
                .map(RealmSettings::lifecycle);
    }

    /** Both as if they were one policy. */
    static RealmSettings combine(Map<String, ?> own, Optional<ComponentModel> policy) {
        Map<String, List<String>> values = new HashMap<>();
        policy.ifPresent(component -> values.putAll(component.getConfig()));
        List<String> ignored = new ArrayList<>();
        own.forEach((key, value) -> {
            List<String> texts = texts(value);
            if (texts.isEmpty()) {
                return;
            }
            if (policy.isPresent() && isOfPolicyOnly(key)) {
                ignored.add(key);
            } else {
                values.put(key, texts);
            }
        });
        return parse(new Source("executor '" + ProviderIds.CLIENT_GUARD + "'", values, ignored));
    }

    private static boolean isOfPolicyOnly(String key) {
        return LifecycleSettings.SETTINGS.stream()
                .anyMatch(setting -> setting.key().equals(key));
    }

    private static List<String> texts(@Nullable Object value) {
        Collection<?> values = value instanceof Collection<?> many ? many : value == null ? List.of() : List.of(value);
        return values.stream()
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .filter(text -> !text.isBlank() && !text.equals(Setting.INHERITED))
                .toList();
    }

    private static RealmSettings parse(Source source) {
        return KNOWN.find(source).orElseGet(() -> {
            source.ignored().forEach(key -> McpLog.settingIgnored(source.name(), key));
            return KNOWN.keep(
                    source.copy(), read(source.values(), problem -> McpLog.invalidEntry(source.name(), problem)));
        });
    }

    private static RealmSettings read(Map<String, List<String>> values, Consumer<String> invalid) {
        ComponentModel model = new ComponentModel();
        model.setConfig(new MultivaluedHashMap<>());
        model.getConfig().putAll(values);
        return new RealmSettings(
                RegistrationSettings.of(model, invalid),
                LimitSettings.of(model, invalid),
                LifecycleSettings.of(model, invalid));
    }

    private static List<Setting<?>> all(List<Setting<?>> some, List<Setting<?>> others) {
        return Stream.of(some, others).<Setting<?>>flatMap(List::stream).toList();
    }

    /**
     * The texts from which settings are read.
     *
     * @param name how a log line names them
     * @param ignored keys of settings that are stored where they have no effect
     */
    private record Source(String name, Map<String, List<String>> values, List<String> ignored) {

        /** Keycloak may change its own map later. */
        Source copy() {
            Map<String, List<String>> copy = new HashMap<>();
            values.forEach((key, texts) -> copy.put(key, new ArrayList<>(texts)));
            return new Source(name, copy, List.copyOf(ignored));
        }
    }
}
