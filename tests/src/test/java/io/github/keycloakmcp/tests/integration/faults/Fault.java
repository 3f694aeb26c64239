package io.github.keycloakmcp.tests.integration.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.server.KeycloakCluster;

/** What happens to the nodes. */
enum Fault {
    /** The database breaks all connections and refuses new ones. */
    DATABASE_CUT(true) {
        @Override
        void strike(KeycloakCluster cluster) {
            cluster.gate().shut();
            wait(isWhole() ? 20 : 4);
            cluster.gate().open();
        }
    },
    /** One node stops and goes on, as a virtual machine that is moved. */
    NODE_FROZEN(true) {
        @Override
        void strike(KeycloakCluster cluster) {
            cluster.second().freeze();
            wait(8);
            cluster.second().goOn();
        }
    },
    /** One node after the other is restarted, as for an upgrade. */
    ROLLING_RESTART(false) {
        @Override
        void strike(KeycloakCluster cluster) {
            cluster.first().restart();
            cluster.second().restart();
        }
    },
    /** The clock of one node is 1.2 seconds behind. */
    CLOCK_BEHIND(false) {
        @Override
        void strike(KeycloakCluster cluster) {
            cluster.second()
                    .restart(Map.of(
                            "LD_PRELOAD", fakeTime().orElseThrow().toString(),
                            "FAKETIME", "-1.2",
                            "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                            // Debian's build changes the clock of timed waits: each returns at once, and all threads
                            // spin.
                            "FAKETIME_FORCE_MONOTONIC_FIX", "0"));
            wait(10);
            cluster.second().restart();
        }
    },
    /** One node loses its power, and is started again. */
    NODE_KILLED(false) {
        @Override
        void strike(KeycloakCluster cluster) {
            cluster.second().kill();
            wait(3);
            cluster.second().restart();
        }
    };

    private static final Set<String> CHOSEN = Stream.of(
                    System.getProperty("faults", "").split(","))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());

    private static final int TIMES = Integer.getInteger("faults.times", 1);
    private static final Path LIBRARIES = Path.of("/usr/lib");

    private final boolean ordinary;

    Fault(boolean ordinary) {
        this.ordinary = ordinary;
    }

    /** Its name, as a person writes it. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Lets it happen, and returns when it is over. */
    abstract void strike(KeycloakCluster cluster);

    /** {@code -Dfaults=all}, or the names of some: at full length. */
    static boolean isWhole() {
        return !CHOSEN.isEmpty();
    }

    /** Those that this run tries, {@code -Dfaults.times=3} each of them three times. */
    static Stream<Fault> tried() {
        return Stream.of(values())
                .filter(fault ->
                        CHOSEN.isEmpty() ? fault.ordinary : CHOSEN.contains("all") || CHOSEN.contains(fault.title()))
                .filter(fault -> fault != CLOCK_BEHIND || fakeTime().isPresent())
                .flatMap(fault -> Collections.nCopies(TIMES, fault).stream());
    }

    private static Optional<Path> fakeTime() {
        try (Stream<Path> found =
                Files.find(LIBRARIES, 3, (path, file) -> path.endsWith(Path.of("faketime", "libfaketimeMT.so.1")))) {
            return found.findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static void wait(int seconds) {
        try {
            Thread.sleep(seconds * 1000L);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
