package io.github.keycloakmcp.tests.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dasniko.testcontainers.keycloak.KeycloakContainer;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.utility.MountableFile;

/** The official image by testcontainers-keycloak ({@code -Dserver=container}). */
public final class ContainerKeycloak implements KeycloakServer {

    private final KeycloakContainer container;

    private ContainerKeycloak(KeycloakContainer container) {
        this.container = container;
    }

    /** Starts the image of the version under test with the same jars, realm files and arguments. */
    @SuppressWarnings("resource") // closed with this server
    public static ContainerKeycloak start(ServerOptions options) {
        AdminUser admin = TestSettings.admin();
        KeycloakContainer container = new KeycloakContainer(
                        "quay.io/keycloak/keycloak:" + TestSettings.keycloakVersion())
                .withAdminUsername(admin.name())
                .withAdminPassword(admin.password())
                .withStartupTimeout(TestSettings.startTimeout())
                .withEnv(options.environment())
                .withProviderLibsFrom(
                        options.providers().stream().map(Path::toFile).toList());
        options.arguments().forEach(container::withCustomCommand);
        for (Path realm : options.realms()) {
            String target = "/opt/keycloak/data/import/" + realm.getFileName();
            container.withCopyFileToContainer(MountableFile.forHostPath(realm), target);
        }
        List<String> log = Collections.synchronizedList(new ArrayList<>());
        container.withLogConsumer(frame -> frame.getUtf8String().lines().forEach(log::add));
        try {
            container.start();
        } catch (ContainerLaunchException e) {
            throw new IllegalStateException("the container did not start; its log:\n" + String.join("\n", log), e);
        }
        return new ContainerKeycloak(container);
    }

    @Override
    public URI url() {
        String text = container.getAuthServerUrl();
        return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    @Override
    public AdminUser admin() {
        return TestSettings.admin();
    }

    @Override
    public boolean hasLog() {
        return true;
    }

    @Override
    public List<String> logLines() {
        return container.getLogs().lines().toList();
    }

    @Override
    public void restart() {
        throw new UnsupportedOperationException("a restarted container has another port");
    }

    @Override
    public void close() {
        container.stop();
    }
}
