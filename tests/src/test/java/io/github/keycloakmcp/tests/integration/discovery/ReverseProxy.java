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

import io.github.keycloakmcp.tests.server.ChildProcess;
import io.github.keycloakmcp.tests.server.Ports;
import io.github.keycloakmcp.tests.server.TestSettings;

/** A reverse proxy as packaged by Debian, with the recipe of the documentation, on a loopback port and without TLS. */
enum ReverseProxy {
    NGINX {
        @Override
        List<String> prepare(Path folder, Path recipe, int port, URI keycloak) throws IOException {
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
                            listen 127.0.0.1:%d;
                            include %s;
                        }
                    }
                    """.formatted(keycloak.getAuthority(), port, recipe.resolve("nginx.conf")));
            return List.of("-e", "stderr", "-p", folder.toString(), "-c", main.toString());
        }
    },

    HAPROXY {
        @Override
        List<String> prepare(Path folder, Path recipe, int port, URI keycloak) throws IOException {
            Path main = folder.resolve("haproxy.cfg");
            String text = Files.readString(recipe.resolve("haproxy.cfg"));
            Files.writeString(
                    main,
                    text.replace("bind :443 ssl crt /etc/haproxy/certs/", "bind 127.0.0.1:" + port)
                            .replace("keycloak.internal:8080", keycloak.getAuthority()));
            return List.of("-db", "-f", main.toString());
        }
    };

    private static final Duration START = Duration.ofSeconds(30);

    /** Writes the configuration, and returns the arguments that run it in the foreground. */
    abstract List<String> prepare(Path folder, Path recipe, int port, URI keycloak) throws IOException;

    /** The program, if it is installed; those of servers are often in no path. */
    Optional<Path> program() {
        String name = name().toLowerCase(Locale.ROOT);
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it in front of a Keycloak. */
    ChildProcess start(int port, URI keycloak) {
        try {
            Path folder = Files.createTempDirectory("reverse-proxy");
            Path recipe = TestSettings.realmConfig().resolveSibling("examples/reverse-proxy");
            List<String> arguments = prepare(folder, recipe, port, keycloak);
            List<String> command = Stream.concat(
                            Stream.of(program().orElseThrow().toString()), arguments.stream())
                    .toList();
            ChildProcess process = ChildProcess.start(command, Map.of(), folder, folder.resolve("log"));
            process.await(name() + " does not listen", () -> Ports.taken(port), START);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
