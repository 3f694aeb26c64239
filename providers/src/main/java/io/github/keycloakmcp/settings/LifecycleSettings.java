package io.github.keycloakmcp.settings;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import io.github.keycloakmcp.platform.Setting;
import io.github.keycloakmcp.rule.lifecycle.StalenessRule;
import org.keycloak.component.ComponentModel;

/**
 * The settings that say how long clients are kept.
 *
 * @param cleanUp what the clean-up does
 * @param rule which clients are stale
 * @param lastUseInterval how long the time of a client's last use may be behind
 */
public record LifecycleSettings(CleanUp cleanUp, StalenessRule rule, Duration lastUseInterval) {

    /** What the clean-up does with stale clients. */
    public enum CleanUp {
        REMOVE,
        REPORT,
        OFF
    }

    public static final Setting<String> CLEAN_UP = Setting.choice(
            "clean-up",
            "Clean-up of unused clients",
            "Removes self-registered clients that are not used any more (remove), only logs which ones would be removed "
                    + "(report), or does nothing (off). Disabled clients and clients of administrators are never removed.",
            "remove",
            "report",
            "off");

    public static final Setting<Integer> UNUSED_LIFETIME = Setting.number(
            "unused-client-lifetime",
            "Unused client lifetime (days)",
            "Days after its last use at which a self-registered client is removed, unless it still has sessions. 0 means "
                    + "never.",
            90);

    public static final Setting<Integer> NEVER_USED_LIFETIME = Setting.number(
            "never-used-client-lifetime",
            "Never-used client lifetime (days)",
            "Days after its registration at which a self-registered client is removed if no user has logged in with it. 0 "
                    + "means never.",
            7);

    public static final Setting<Boolean> WITH_SESSIONS = Setting.flag(
            "remove-clients-with-sessions",
            "Removal of clients with sessions",
            "Removes unused clients even if users have online or offline sessions with them. Those sessions end.",
            false);

    public static final Setting<Integer> LAST_USE_INTERVAL = Setting.number(
            "last-use-interval",
            "Last-used update interval (hours)",
            "Minimum time between two updates of a client's last-used time. Each update makes all nodes load the client "
                    + "again.",
            24);

    static final List<Setting<?>> SETTINGS =
            List.of(CLEAN_UP, UNUSED_LIFETIME, NEVER_USED_LIFETIME, WITH_SESSIONS, LAST_USE_INTERVAL);

    /** Tells whether clients are ever removed. */
    public boolean removes() {
        return cleanUp == CleanUp.REMOVE
                && !(rule.unused().isZero() && rule.neverUsed().isZero());
    }

    static LifecycleSettings of(ComponentModel policy, Consumer<String> invalid) {
        return new LifecycleSettings(
                CleanUp.valueOf(CLEAN_UP.in(policy, invalid).toUpperCase(Locale.ROOT)),
                new StalenessRule(
                        Duration.ofDays(UNUSED_LIFETIME.in(policy, invalid)),
                        Duration.ofDays(NEVER_USED_LIFETIME.in(policy, invalid)),
                        WITH_SESSIONS.in(policy, invalid)),
                Duration.ofHours(LAST_USE_INTERVAL.in(policy, invalid)));
    }
}
