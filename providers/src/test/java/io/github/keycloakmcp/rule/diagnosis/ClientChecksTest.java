package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** From facts about a client to findings. */
class ClientChecksTest {

    private static final ClientFacts GOOD = new ClientFacts(
            "c",
            true,
            true,
            true,
            true,
            List.of(),
            true,
            List.of("https://a.example/cb"),
            List.of("+"),
            true,
            List.of(),
            List.of());

    @Test
    void mcpServersOnTheClientItselfAreNamed() {
        ClientFacts client = new ClientFacts(
                "c",
                true,
                true,
                false,
                false,
                List.of(),
                true,
                GOOD.redirects(),
                List.of("+"),
                true,
                List.of(),
                List.of("own servers"));
        assertThat(ClientChecks.of(client)).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("client-declares-servers");
            assertThat(finding.what()).contains("own servers");
        });
    }

    static Stream<Arguments> clients() {
        return Stream.of(
                arguments(GOOD, ""),
                arguments(scopes(false, true), "client-scope-on-request"),
                arguments(scopes(false, false), "client-without-mcp-scope"),
                arguments(client(false, true, List.of(), true, List.of("https://a.example/cb")), "client-disabled"),
                arguments(
                        client(true, true, List.of("roles"), true, List.of("https://a.example/cb")),
                        "client-without-default-scopes"),
                arguments(client(true, false, List.of("roles"), true, List.of("https://a.example/cb")), ""),
                arguments(client(true, true, List.of(), true, List.of()), "client-without-redirect"),
                arguments(client(true, true, List.of(), false, List.of()), ""),
                arguments(
                        client(true, true, List.of(), true, List.of("http://127.0.0.1:33418/cb")),
                        "client-bound-to-port"),
                arguments(
                        client(
                                true,
                                true,
                                List.of(),
                                true,
                                List.of("http://127.0.0.1:33418/cb", "http://127.0.0.1/cb")),
                        ""),
                arguments(
                        client(true, true, List.of(), true, List.of("https://a.example/*")),
                        "client-redirect-not-exact"),
                arguments(login(List.of(), true, List.of()), "client-without-origin"),
                arguments(login(List.of("+"), false, List.of()), "client-without-consent"),
                arguments(login(List.of("+"), true, List.of("c/aud")), "hard-coded-audience"));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void ofAClient(ClientFacts client, String id) {
        assertThat(ClientChecks.of(client)).extracting(Finding::id).isEqualTo(id.isEmpty() ? List.of() : List.of(id));
    }

    private static ClientFacts scopes(boolean byDefault, boolean onRequest) {
        return new ClientFacts(
                "c",
                true,
                true,
                byDefault,
                onRequest,
                List.of(),
                true,
                GOOD.redirects(),
                List.of("+"),
                true,
                List.of(),
                List.of());
    }

    private static ClientFacts client(
            boolean enabled, boolean registered, List<String> lacked, boolean code, List<String> redirects) {
        return new ClientFacts(
                "c",
                enabled,
                registered,
                true,
                true,
                lacked,
                code,
                redirects,
                List.of("+"),
                true,
                List.of(),
                List.of());
    }

    private static ClientFacts login(List<String> origins, boolean consent, List<String> hardCoded) {
        return new ClientFacts(
                "c", true, true, true, true, List.of(), true, GOOD.redirects(), origins, consent, hardCoded, List.of());
    }
}
