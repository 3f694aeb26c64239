package io.github.keycloakmcp.settings;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

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
            "What happens to clients that came by themselves and are not used any more: remove removes them, report only "
                    + "writes to the server log what would be removed, off does nothing. Disabled clients and those of "
                    + "administrators stay.",
            "remove",
            "report",
            "off");

    public static final Setting<Integer> UNUSED_LIFETIME = Setting.number(
            "unused-client-lifetime",
            "Days without use",
            "A client that came by itself is removed so many days after its last use, unless it still has sessions; 0 for "
                    + "never.",
            90);

    public static final Setting<Integer> NEVER_USED_LIFETIME = Setting.number(
            "never-used-client-lifetime",
            "Days without first use",
            "A client that came by itself, and with which nobody has logged in since, is removed so many days after it "
                    + "registered; 0 for never.",
            7);

    public static final Setting<Boolean> WITH_SESSIONS = Setting.flag(
            "remove-clients-with-sessions",
            "Remove clients with sessions",
            "Unused clients are removed also where users still have online or offline sessions with them, which end.",
            false);

    public static final Setting<Integer> LAST_USE_INTERVAL = Setting.number(
            "last-use-interval",
            "Hours between notes of use",
            "The time of a client's last use is written at most once in so many hours. Each write makes all nodes read "
                    + "the client again.",
            24);

    static final List<Setting<?>> SETTINGS =
            List.of(CLEAN_UP, UNUSED_LIFETIME, NEVER_USED_LIFETIME, WITH_SESSIONS, LAST_USE_INTERVAL);

    /** Tells whether clients are ever removed. */
    public boolean removes() {
        return cleanUp == CleanUp.REMOVE
                && !(rule.unused().isZero() && rule.neverUsed().isZero());
    }

    static LifecycleSettings of(ComponentModel policy) {
        return new LifecycleSettings(
                CleanUp.valueOf(CLEAN_UP.in(policy).toUpperCase(Locale.ROOT)),
                new StalenessRule(
                        Duration.ofDays(UNUSED_LIFETIME.in(policy)),
                        Duration.ofDays(NEVER_USED_LIFETIME.in(policy)),
                        WITH_SESSIONS.in(policy)),
                Duration.ofHours(LAST_USE_INTERVAL.in(policy)));
    }
}
