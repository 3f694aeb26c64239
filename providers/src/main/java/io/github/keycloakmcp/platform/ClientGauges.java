package io.github.keycloakmcp.platform;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that were counted some time ago, as gauges. Reading one asks no database. A number that is not counted again disappears:
 * the realm was removed or renamed, or another node counts by now, whose number would otherwise stand beside an old one for ever.
 */
final class ClientGauges {

    private static final Map<Series, Counted> SERIES = new ConcurrentHashMap<>();

    /** One gauge; a kind where there are several of a name. */
    private record Series(
            String name, String realm, @Nullable String kind) {}

    private static final class Counted {

        private volatile long number;
        private volatile long at;
        private volatile @Nullable Meter meter;

        double number() {
            return number;
        }
    }

    private ClientGauges() {}

    static void set(String name, String description, String realm, @Nullable String kind, long number) {
        Counted counted =
                SERIES.computeIfAbsent(new Series(name, realm, kind), series -> register(series, description));
        counted.number = number;
        counted.at = System.nanoTime();
    }

    /** Removes one at once, because there is no such number any more. */
    static void remove(String name, String realm, @Nullable String kind) {
        Series gone = new Series(name, realm, kind);
        removeIf(entry -> entry.getKey().equals(gone));
    }

    /** Removes what was counted longer ago. */
    static void forgetAfter(Duration age) {
        long now = System.nanoTime();
        removeIf(entry -> now - entry.getValue().at > age.toNanos());
    }

    private static void removeIf(Predicate<Map.Entry<Series, Counted>> choice) {
        SERIES.entrySet().removeIf(entry -> {
            boolean chosen = choice.test(entry);
            Meter meter = entry.getValue().meter;
            if (chosen && meter != null) {
                Metrics.globalRegistry.remove(meter);
            }
            return chosen;
        });
    }

    private static Counted register(Series series, String description) {
        Counted counted = new Counted();
        counted.at = System.nanoTime();
        Gauge.Builder<Counted> gauge = Gauge.builder(series.name(), counted, Counted::number)
                .description(description)
                .tag("realm", series.realm())
                .strongReference(true);
        counted.meter =
                (series.kind() == null ? gauge : gauge.tag("kind", series.kind())).register(Metrics.globalRegistry);
        return counted;
    }
}
