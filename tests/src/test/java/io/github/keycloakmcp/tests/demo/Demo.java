package io.github.keycloakmcp.tests.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.ExampleServer;
import io.github.keycloakmcp.tests.server.ServerOptions;
import io.github.keycloakmcp.tests.server.TestSettings;

/**
 * The demo: Keycloak with the product installed and two example MCP servers, in the foreground until it is interrupted.
 * {@link DemoSettings} lists what can be changed. Everything started ends with this JVM.
 */
public final class Demo {

    private static final AtomicBoolean ENDING = new AtomicBoolean();

    private Demo() {}

    /** Starts everything, says what to do with it, and waits. */
    @SuppressWarnings("SystemOut") // a program for a terminal
    public static void main(String[] arguments) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ENDING.set(true)));
        try {
            DemoSettings settings = DemoSettings.fromProperties();
            Optional<String> problem = DemoChecks.firstProblem(settings);
            if (problem.isPresent()) {
                fail(problem.get());
            }
            run(settings);
        } catch (IllegalStateException | IllegalArgumentException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private static void run(DemoSettings settings) throws InterruptedException {
        Path logs = TestSettings.workFolder();
        say("Starting Keycloak " + TestSettings.keycloakVersion() + ", which takes about half a minute; log: "
                + logs.resolve("keycloak.log"));
        Instant begin = Instant.now();
        DistributionKeycloak keycloak = DistributionKeycloak.start(ServerOptions.ofTestRun()
                .onPort(settings.keycloakPort())
                .withArguments("--hostname=" + settings.keycloakUrl())
                .withRealms(DemoRealm.write(settings))
                .withEnvironment(DemoRealm.variables(settings)));
        ExampleServer a = server(settings, settings.a(), logs);
        ExampleServer b = server(settings, settings.b(), logs);
        say("Started in " + Duration.between(begin, Instant.now()).toSeconds() + " s.");
        say(DemoBanner.text(settings));
        while (keycloak.alive() && a.alive() && b.alive()) {
            Thread.sleep(1000);
        }
        Thread.sleep(500); // after Ctrl-C the servers end at the same time as this program
        fail("One of the servers has ended; see the logs in " + logs);
    }

    private static ExampleServer server(DemoSettings settings, DemoSettings.Server server, Path logs) {
        return ExampleServer.start(
                TestSettings.exampleServerJar(),
                server.port(),
                server.resource(),
                settings.issuer(),
                logs.resolve(server.name() + ".log"),
                "--name=" + server.name());
    }

    private static void say(String text) {
        System.out.println(text);
        System.out.flush();
    }

    private static void fail(String line) {
        if (!ENDING.get()) {
            System.err.println(line);
            System.exit(1);
        }
    }
}
