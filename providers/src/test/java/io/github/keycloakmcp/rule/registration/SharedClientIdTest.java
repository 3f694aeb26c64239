package io.github.keycloakmcp.rule.registration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.keycloakmcp.rule.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which registrations are one client, and which are not. */
class SharedClientIdTest {

    private static final Map<String, String> MORE = Map.of("public", "true");

    @Test
    void fitsKeycloaksColumnAndIsRecognised() {
        String id = id(Metadata.ordinary());
        assertThat(id).hasSize(36).matches("mcp-[0-9a-f]{32}");
        assertThat(SharedClientId.isOne(id)).isTrue();
        assertThat(id(Metadata.ordinary())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp-inspector", "account", "", "mcp-", "e3b0c442-98fc-1c14-9afb-f4c8996fb924"})
    void otherIdentifiersAreNotOnes(String clientId) {
        assertThat(SharedClientId.isOne(clientId)).isFalse();
    }

    @Test
    void theOrderOfAListHasNoEffect() {
        assertThat(id(redirects("https://a.example/", "https://b.example/")))
                .isEqualTo(id(redirects("https://b.example/", "https://a.example/", "https://a.example/")));
        assertThat(id(scoped("a", "b"))).isEqualTo(id(scoped("b", "a")));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:1/cb,      http://localhost:65535/cb",
        "http://localhost:1/cb,      http://localhost/cb",
        "http://127.0.0.1:1/cb?x=1,  http://127.0.0.1:2/cb?x=1",
        "http://[::1]:1/cb,          http://[::1]:2/cb"
    })
    void thePortOfALoopbackUriHasNoEffectUnlessABrowserAsks(String one, String other) {
        assertThat(id(redirects(one))).isEqualTo(id(redirects(other)));
        assertThat(SharedClientId.of("r", redirects(one), MORE, false))
                .isNotEqualTo(SharedClientId.of("r", redirects(other), MORE, false));
    }

    /** What is stored with one of them works for the other in Keycloak only where it compares without port. */
    @ParameterizedTest
    @CsvSource({
        "http://localhost:1/cb,     http://127.0.0.1:1/cb",
        "http://localhost:1/cb,     http://localhost:1/CB",
        "http://localhost:1/cb,     http://localhost:1/cb/",
        "http://localhost:1/cb,     http://localhost:1/cb?x=1",
        "http://127.0.0.2:1/cb,     http://127.0.0.2:2/cb",
        "https://localhost:1/cb,    https://localhost:2/cb",
        "https://a.example:1/cb,    https://a.example:2/cb",
        "a://localhost:1/cb,        a://localhost:2/cb"
    })
    void everythingElseAboutAUriHas(String one, String other) {
        assertThat(id(redirects(one))).isNotEqualTo(id(redirects(other)));
    }

    @Test
    void everyOtherDifferenceMakesAnotherClient() {
        List<String> ids = List.of(
                id(Metadata.ordinary()),
                id(Metadata.named("Another")),
                id(Metadata.named("")),
                id(redirects("https://a.example/")),
                id(redirects("https://a.example/", "https://b.example/")),
                id(Metadata.redirectedAfterLogoutTo(List.of("https://a.example/"))),
                id(Metadata.linkedTo(Map.of("logo_uri", "https://a.example/"))),
                id(Metadata.linkedTo(Map.of("tos_uri", "https://a.example/"))),
                id(Metadata.fetchedFrom(Map.of("jwks_uri", "https://a.example/"))),
                id(Metadata.granted(Set.of("authorization_code"), Set.of("code"))),
                id(Metadata.granted(Set.of("authorization_code", "implicit"), Set.of("code"))),
                id(Metadata.granted(Set.of("authorization_code"), Set.of("code", "none"))),
                id(Metadata.granted(Set.of("authorization_code", "refresh_token"), Set.of("code", "token"))),
                id(scoped("a")),
                id(scoped("a", "b")),
                SharedClientId.of("another realm", Metadata.ordinary(), MORE, true),
                SharedClientId.of("r", Metadata.ordinary(), Map.of("public", "false"), true),
                SharedClientId.of("r", Metadata.ordinary(), Map.of(), true));
        assertThat(ids).doesNotHaveDuplicates();
    }

    /** Whoever could write two clients alike would get the other one's identifier. */
    @Test
    void noTextInAMemberReadsLikeTheEndOfIt() {
        Map<String, ClientMetadata> seen = new HashMap<>();
        Cases.check(
                20_000,
                chance -> new ClientMetadata(
                        "",
                        chance.joined(3, () -> chance.oneOf("1", ":", "{", "}", "a", "1:a")),
                        chance.list(3, () -> chance.joined(3, () -> chance.oneOf("1", ":", "{", "}", "a"))),
                        chance.list(2, () -> chance.oneOf("a", "1:a", "}1{")),
                        Map.of("a", chance.oneOf("a", "1:a", "}")),
                        Map.of(),
                        Set.of(),
                        Set.of(),
                        chance.list(2, () -> chance.oneOf("a", "b", "}1{1:a"))),
                metadata -> {
                    ClientMetadata before = seen.putIfAbsent(id(metadata), metadata);
                    assertThat(before == null || sameSets(before, metadata))
                            .as("%s and %s", before, metadata)
                            .isTrue();
                });
    }

    private static boolean sameSets(ClientMetadata one, ClientMetadata other) {
        return one.name().equals(other.name())
                && Set.copyOf(one.redirectUris()).equals(Set.copyOf(other.redirectUris()))
                && Set.copyOf(one.postLogoutRedirectUris()).equals(Set.copyOf(other.postLogoutRedirectUris()))
                && one.links().equals(other.links())
                && Set.copyOf(one.scopes()).equals(Set.copyOf(other.scopes()));
    }

    private static String id(ClientMetadata metadata) {
        return SharedClientId.of("r", metadata, MORE, true);
    }

    private static ClientMetadata redirects(String... uris) {
        return Metadata.redirectedTo(List.of(uris));
    }

    private static ClientMetadata scoped(String... scopes) {
        ClientMetadata client = Metadata.ordinary();
        return new ClientMetadata(
                "",
                client.name(),
                client.redirectUris(),
                client.postLogoutRedirectUris(),
                client.links(),
                client.fetched(),
                client.grantTypes(),
                client.responseTypes(),
                List.of(scopes));
    }
}
