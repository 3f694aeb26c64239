package io.github.keycloakmcp.tests.server;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test class on a real Keycloak. The server is shared by the whole run; the class gets a realm of its own. Methods and
 * constructors may take a {@link KeycloakServer}, a {@link McpRealm}, {@link ExampleServers} and, if asked for, the
 * {@link RegistrationRecorder}. Classes run beside each other; one that restarts the server, or depends on how soon it
 * answers, locks {@link #SERVER} for itself.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KeycloakExtension.class)
@ResourceLock(value = KeycloakTest.SERVER, mode = ResourceAccessMode.READ)
public @interface KeycloakTest {

    /** The server of the test run, as a JUnit resource. */
    String SERVER = "server of the test run";

    /** Values for placeholders of the realm file, each {@code NAME=value}. */
    String[] variables() default {};

    /** Whether the demo users and clients are in the realm. */
    boolean demo() default true;

    /** How many example MCP servers to run for the class; the realm then declares them and no others. */
    int exampleServers() default 0;

    /** Whether the example MCP servers send clients through a {@link RegistrationRecorder}. */
    boolean recorded() default false;
}
