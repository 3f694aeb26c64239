package io.github.keycloakmcp.tests.integration.discovery;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.server.ChildProcess;
import io.github.keycloakmcp.tests.server.TestSettings;

/**
 * A reverse proxy with the recipe of the documentation, on a loopback port and without TLS. Debian packages nginx and HAProxy;
 * Traefik is on the PATH or where {@code -Dtraefik=} says.
 */
enum ReverseProxy {
    NGINX {
        @Override
        List<String> prepare(Path folder, Path recipe, String address, URI keycloak) throws IOException {
            Path main = folder.resolve("main.conf");
            Files.writeString(main, """
                    daemon off;
                    master_process off;
                    pid nginx.pid;
                    error_log stderr;
                    events {}
                    http {
                        access_log off;
                        client_body_temp_path temp;
                        proxy_temp_path temp;
                        fastcgi_temp_path temp;
                        uwsgi_temp_path temp;
                        scgi_temp_path temp;
                        upstream keycloak { server %s; }
                        server {
                            listen %s;
                            include %s;
                        }
                    }
                    """.formatted(keycloak.getAuthority(), address, recipe.resolve("nginx.conf")));
            return List.of("-e", "stderr", "-p", folder.toString(), "-c", main.toString());
        }
    },

    HAPROXY {
        @Override
        List<String> prepare(Path folder, Path recipe, String address, URI keycloak) throws IOException {
            Path main = folder.resolve("haproxy.cfg");
            String text = Files.readString(recipe.resolve("haproxy.cfg"));
            Files.writeString(
                    main,
                    text.replace("bind :443 ssl crt /etc/haproxy/certs/", "bind " + address)
                            .replace("keycloak.internal:8080", keycloak.getAuthority()));
            return List.of("-db", "-f", main.toString());
        }
    },

    TRAEFIK {
        @Override
        List<String> prepare(Path folder, Path recipe, String address, URI keycloak) throws IOException {
            Path routes = folder.resolve("routes.yaml");
            String host = address.substring(0, address.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
            Files.writeString(
                    routes,
                    Files.readString(recipe.resolve("traefik.yaml"))
                            .replace("login.example.com", host)
                            .replace("      tls: {}\n", "")
                            .replace("http://keycloak.internal:8080", keycloak.toString()));
            return List.of(
                    "--entryPoints.websecure.address=" + address,
                    "--providers.file.filename=" + routes,
                    "--global.checkNewVersion=false",
                    "--global.sendAnonymousUsage=false");
        }
    };

    private static final Duration START = Duration.ofSeconds(30);

    /** Writes the configuration for an address with a port, and returns the arguments that run it in the foreground. */
    abstract List<String> prepare(Path folder, Path recipe, String address, URI keycloak) throws IOException;

    /** The program, if it is installed; those of servers are often in no path. */
    Optional<Path> program() {
        String name = name().toLowerCase(Locale.ROOT);
        return Stream.concat(
                        Optional.ofNullable(System.getProperty(name)).map(Path::of).stream(),
                        Stream.concat(
                                        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)),
                                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                                .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it in front of a Keycloak, on a port of 127.0.0.1. */
    ChildProcess start(int port, URI keycloak) {
        return start(URI.create("http://127.0.0.1:" + port), keycloak);
    }

    /** Starts it at an address, in front of a Keycloak or of another proxy; {@code more} are further arguments. */
    ChildProcess start(URI front, URI keycloak, String... more) {
        try {
            Path folder = Files.createTempDirectory("reverse-proxy");
            Path recipe = TestSettings.realmConfig().resolveSibling("examples/reverse-proxy");
            List<String> arguments = prepare(folder, recipe, front.getAuthority(), keycloak);
            List<String> command = Stream.of(
                            Stream.of(program().orElseThrow().toString()), arguments.stream(), Stream.of(more))
                    .flatMap(part -> part)
                    .toList();
            ChildProcess process = ChildProcess.start(command, Map.of(), folder, folder.resolve("log"));
            process.await(name() + " does not serve " + front, () -> serves(front), START);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Traefik listens before it has read its routes. */
    private static boolean serves(URI front) {
        try {
            return Http.plain().get(front.resolve("/auth/realms/master")).status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
