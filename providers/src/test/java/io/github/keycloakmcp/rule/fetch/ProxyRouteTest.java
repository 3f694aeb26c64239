package io.github.keycloakmcp.rule.fetch;

import java.net.ProtocolException;
import java.util.List;
import java.util.Optional;

import io.github.keycloakmcp.rule.fetch.ProxyRoute.HttpProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Entries of {@code proxy-mappings}, as Keycloak's documentation writes them. */
class ProxyRouteTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                ".*;http://proxy.example.org:8080, http, proxy.example.org, 8080, -",
                ".*;http://proxy.example.org, http, proxy.example.org, 80, -",
                ".*;https://proxy.example.org, https, proxy.example.org, 443, -",
                ".*;HTTPS://proxy.example.org:8443, https, proxy.example.org, 8443, -",
                ".*;http://user:secret@proxy.example.org:8080, http, proxy.example.org, 8080, user:secret",
                ".*;http://user:p%40ss%3A@proxy.example.org:8080, http, proxy.example.org, 8080, user:p@ss:",
                ".*;http://user@proxy.example.org:8080, http, proxy.example.org, 8080, -",
                ".*;http://:secret@proxy.example.org:0, http, proxy.example.org, 0, -",
                ".*;http://[::1]:8080, http, [::1], 8080, -"
            })
    void readsAProxy(String written, String scheme, String host, int port, String credentials) {
        assertThat(ProxyRoute.parse(written).proxy())
                .contains(new HttpProxy(scheme, host, port, Optional.ofNullable(credentials)));
    }

    @ParameterizedTest
    @CsvSource({"app.corp.example, true", "APP.CORP.example, true", "app.corp.example.net, false", "corp.example, false"
    })
    void matchesWholeNames(String host, boolean matches) {
        ProxyRoute route = ProxyRoute.parse(".*\\.corp\\.example;NO_PROXY");
        assertThat(route.matches(host)).isEqualTo(matches);
        assertThat(route.proxy()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".*",
                ".*;",
                "(;http://proxy.example.org",
                ".*;proxy.example.org:8080",
                ".*;proxy.example.org",
                ".*;user:secret@proxy.example.org:8080",
                ".*;http://",
                ".*;http:///x",
                ".*;http://user:secret@proxy example.org:8080"
            })
    void anEntryThatCannotBeReadHasAProblemInsteadOfAProxy(String written) {
        ProxyRoute route = ProxyRoute.parse(written);
        assertThat(route.proxy()).isEmpty();
        assertThat(route.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("prox"));
        assertThat(route.matches("app.example.com")).isTrue();
        assertThat(route.toString()).doesNotContain("secret");
    }

    @Test
    void encryptsTheConnectionToAProxyWithHttps() throws ProtocolException {
        assertThat(new HttpProxy("https", "proxy.example.org", 443, Optional.empty()).tls())
                .isTrue();
        assertThat(new HttpProxy("http", "proxy.example.org", 443, Optional.empty()).tls())
                .isFalse();
    }

    @Test
    void aProxyOfAnotherKindFailsWhenItIsUsed() {
        HttpProxy socks =
                ProxyRoute.parse(".*;socks5://proxy.example.org:1080").proxy().orElseThrow();
        assertThatThrownBy(socks::tls).isInstanceOf(ProtocolException.class).hasMessageContaining("socks5");
    }

    @Test
    void doesNotShowAPassword() {
        assertThat(ProxyRoute.parse(".*;http://user:secret@proxy.example.org:8080")
                        .toString())
                .contains("proxy.example.org:8080")
                .doesNotContain("secret");
    }

    @Test
    void theEnvironmentWithoutAProxyHasNoRoutes() {
        assertThat(ProxyRoute.ofEnvironment(Optional.empty(), Optional.of("example.net")))
                .isEmpty();
        assertThat(ProxyRoute.ofEnvironment(Optional.of("http://proxy.example.org:3128"), Optional.empty()))
                .extracting(ProxyRoute::proxy)
                .isEqualTo(List.of(Optional.of(new HttpProxy("http", "proxy.example.org", 3128, Optional.empty()))));
    }

    @ParameterizedTest
    @CsvSource({
        "example.net, true",
        "EXAMPLE.net, true",
        "app.example.net, true",
        "notexample.net, false",
        "app.example.org, true",
        "exampleXorg, false",
        "example.com, false",
        "'', false"
    })
    void namesInTheEnvironmentAreCalledWithoutTheProxyWithThoseBelow(String host, boolean direct) {
        List<ProxyRoute> routes = ProxyRoute.ofEnvironment(
                Optional.of(" http://proxy.example.org:3128 "), Optional.of(" example.net,, ,example.org"));
        assertThat(routes).hasSize(3);
        assertThat(routes.stream()
                        .filter(route -> route.matches(host))
                        .findFirst()
                        .orElseThrow()
                        .proxy()
                        .isEmpty())
                .isEqualTo(direct);
    }
}
