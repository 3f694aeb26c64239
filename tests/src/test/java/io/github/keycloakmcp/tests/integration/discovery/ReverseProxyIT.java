package io.github.keycloakmcp.tests.integration.discovery;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.integration.admin.Diagnosis;
import io.github.keycloakmcp.tests.server.ChildProcess;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.Ports;
import io.github.keycloakmcp.tests.server.RealmTemplate;
import io.github.keycloakmcp.tests.server.RemoteKeycloak;
import io.github.keycloakmcp.tests.server.ServerOptions;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Keycloak below {@code /auth} behind a reverse proxy: the location that RFC 8414 wants is outside of what Keycloak serves,
 * and the recipes of the documentation bring it there.
 */
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "starts a server of its own")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "starts a server of its own")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReverseProxyIT {

    private final int port = Ports.free();
    private final URI front = URI.create("http://127.0.0.1:" + port + "/auth");
    private DistributionKeycloak keycloak;
    private McpRealm realm;

    @BeforeAll
    void startBelowAuth() {
        keycloak = DistributionKeycloak.start(ServerOptions.ofTestRun()
                .named("keycloak-proxied")
                .withArguments(
                        "--http-relative-path=/auth",
                        "--http-management-relative-path=/",
                        "--hostname=" + front,
                        "--proxy-headers=xforwarded"));
        realm = realm("proxied");
    }

    @AfterAll
    void stop() {
        keycloak.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyLocationLeadsToTheMetadata(ReverseProxy proxy) {
        assumeThat(proxy.program()).isPresent();
        try (ChildProcess running = proxy.start(port, keycloak.url())) {
            for (Location location : Location.values()) {
                assertThat(location.read(issuer()).json().path("issuer").asText())
                        .as("%s, %s", location, running)
                        .isEqualTo(issuer().toString());
            }
            assertThat(Http.plain()
                            .get(front.resolve("/.well-known/oauth-authorization-server/auth/realms/nobody"))
                            .status())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anMcpClientGoesTheWholeWay(ReverseProxy proxy) {
        assumeThat(proxy.program()).isPresent();
        try (ChildProcess running = proxy.start(port, keycloak.url())) {
            McpClient client = McpClient.of(issuer()).registered(ClientMetadata.named("Behind " + proxy));
            Tokens tokens =
                    client.obtain(Browser.of("alice"), client.authorization().resource(McpRealm.SERVER_A));
            TokenAssertion.assertThat(tokens)
                    .as("%s", running)
                    .isFor(McpRealm.SERVER_A)
                    .hasClaim("iss", issuer().toString());
        }
    }

    /** Keycloak takes the first address of X-Forwarded-For; what a client writes there must never arrive. */
    @ParameterizedTest
    @EnumSource
    void aClientCannotWriteItsOwnAddress(ReverseProxy proxy) {
        assumeThat(proxy.program()).isPresent();
        realm.clearEvents();
        try (ChildProcess running = proxy.start(port, keycloak.url())) {
            for (String forged : List.of("203.0.113.7", "203.0.113.7, 198.51.100.9", "[2001:db8::1]")) {
                McpClient.of(issuer())
                        .sending("X-Forwarded-For", forged)
                        .sending("Forwarded", "for=\"" + forged + "\"")
                        .register(ClientMetadata.unique("Forged"))
                        .expect(201);
            }
            assertThat(registration(realm).at(front).sending(SentRegistration.HOSTILE))
                    .isEqualTo(201);
            assertThat(registration(realm).at(front).from("127.0.0.5").sending(SentRegistration.HOSTILE))
                    .isEqualTo(201);
            assertThat(realm.read("/events?type=CLIENT_REGISTER").findValuesAsText("ipAddress"))
                    .as("%s", running)
                    .containsExactlyInAnyOrder("127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.5");
        }
    }

    @ParameterizedTest
    @EnumSource
    void limitsAndAllowedSendersGoByTheConnection(ReverseProxy proxy) {
        assumeThat(proxy.program()).isPresent();
        try (McpRealm limited = realm("limited-" + proxy);
                ChildProcess running = proxy.start(port, keycloak.url())) {
            SentRegistration registration = registration(limited).at(front);
            limited.setRegistration("registrations-per-sender", "2");
            limited.setRegistration("registration-window", "86400");
            assertThat(IntStream.range(0, 4)
                            .mapToObj(number -> registration.sending(List.of("X-Forwarded-For: 203.0.113." + number))))
                    .as("%s", running)
                    .containsExactly(201, 201, 429, 429);
            assertThat(registration.from("127.0.0.5").sending(SentRegistration.HOSTILE))
                    .as("another client")
                    .isEqualTo(201);
            limited.setRegistration("registrations-per-sender", "0");
            limited.setRegistration("allowed-senders", "203.0.113.0/24", "198.51.100.0/24");
            assertThat(registration.sending(SentRegistration.HOSTILE)).isEqualTo(403);
            limited.setRegistration("allowed-senders", "127.0.0.5");
            assertThat(registration.sending(SentRegistration.HOSTILE)).isEqualTo(403);
            assertThat(registration.from("127.0.0.5").sending(SentRegistration.HOSTILE))
                    .isEqualTo(201);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIpv6ClientIsKnownByItsAddress(ReverseProxy proxy) {
        assumeThat(proxy.program()).isPresent();
        URI front6 = URI.create("http://[::1]:" + port + "/auth");
        realm.clearEvents();
        try (ChildProcess running = proxy.start(front6, keycloak.url())) {
            assertThat(registration(realm).at(front6).from("::1").sending(SentRegistration.HOSTILE))
                    .isEqualTo(201);
            assertThat(realm.read("/events?type=CLIENT_REGISTER").findValuesAsText("ipAddress"))
                    .as("%s", running)
                    .singleElement()
                    .isIn("::1", "0:0:0:0:0:0:0:1");
        }
    }

    /** Traefik adds the outer proxy, so that this one has to be allowed as well, and its clients share a limit. */
    @Test
    void behindAnotherProxyTraefikPassesOnTheClientAndAddsThatProxy() {
        assumeThat(ReverseProxy.TRAEFIK.program()).isPresent();
        assumeThat(ReverseProxy.HAPROXY.program()).isPresent();
        URI outer = URI.create("http://127.0.0.1:" + Ports.free() + "/auth");
        try (McpRealm inner = realm("two-proxies");
                ChildProcess traefik = ReverseProxy.TRAEFIK.start(
                        front, keycloak.url(), "--entryPoints.websecure.forwardedHeaders.trustedIPs=127.0.0.1");
                ChildProcess haproxy =
                        ReverseProxy.HAPROXY.start(outer, URI.create("http://" + front.getAuthority()))) {
            SentRegistration registration = registration(inner).at(outer).from("127.0.0.5");
            inner.setRegistration("allowed-senders", "127.0.0.5");
            assertThat(registration.sending(SentRegistration.HOSTILE))
                    .as("%s, %s", traefik, haproxy)
                    .isEqualTo(403);
            inner.setRegistration("allowed-senders", "127.0.0.5", "127.0.0.1");
            assertThat(registration.sending(SentRegistration.HOSTILE)).isEqualTo(201);
            assertThat(inner.read("/events?type=CLIENT_REGISTER").findValuesAsText("ipAddress"))
                    .containsExactly("127.0.0.5");
        }
    }

    @Test
    void severalForwardedAddressesAreAllCountedAndAllHaveToBeAllowed() {
        // The realm's address is http here, and of public addresses Keycloak demands https.
        realm.update("{\"sslRequired\": \"none\"}");
        realm.setRegistration("registrations-per-sender", "2");
        realm.setRegistration("registration-window", "86400");
        assertThat(IntStream.range(0, 4).mapToObj(number -> registered("203.0.113." + number + ", 198.51.100.9")))
                .as("what comes before the proxy's own address is the client's word")
                .containsExactly(201, 201, 429, 429);
        realm.setRegistration("registrations-per-sender", "0");
        realm.setRegistration("allowed-senders", "203.0.113.0/24");
        assertThat(registered("203.0.113.1, 198.51.100.9")).isEqualTo(403);
        assertThat(registered("203.0.113.1, 203.0.113.2")).isEqualTo(201);
        realm.setRegistration("allowed-senders", "");
    }

    private McpRealm realm(String name) {
        return McpRealm.create(
                new RemoteKeycloak(URI.create(keycloak.url() + "/auth")),
                RealmTemplate.read(TestSettings.realmConfig(), true).resolved(Map.of()),
                name.toLowerCase(Locale.ROOT));
    }

    private SentRegistration registration(McpRealm of) {
        return new SentRegistration(of.name(), front, "127.0.0.1");
    }

    private int registered(String forwardedFor) {
        URI direct = keycloak.url().resolve("/auth/realms/" + realm.name() + "/clients-registrations/openid-connect");
        return Http.plain()
                .with("X-Forwarded-For", forwardedFor)
                .json("POST", direct, ClientMetadata.unique("Hops").json().toString())
                .status();
    }

    @Test
    void withoutAProxyTheLocationIsMissingAndDiagnosisSaysSo() {
        String location = "/.well-known/oauth-authorization-server" + issuer().getPath();
        assertThat(Http.plain().get(keycloak.url().resolve(location)).status()).isEqualTo(404);
        Diagnosis.of(realm, "").names("issuer-has-path", front.resolve(location).toString(), "reverse-proxy.md");
    }

    private URI issuer() {
        return URI.create(front + "/realms/" + realm.name());
    }
}
