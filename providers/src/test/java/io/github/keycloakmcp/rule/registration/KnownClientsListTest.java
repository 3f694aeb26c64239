package io.github.keycloakmcp.rule.registration;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The list itself: where each row is from, that rows keep apart, and what an administrator may add. */
class KnownClientsListTest {

    private static final Path TABLE = Path.of("../docs/compatibility.md");

    @ParameterizedTest
    @MethodSource("ids")
    void eachRowSaysHowWhenAndFromWhereItIsKnownAndIsDocumented(String id) throws IOException {
        Properties file = file();
        assertThat(file.getProperty(id + ".verified")).isNotBlank();
        assertThat(file.getProperty(id + ".date")).matches("20\\d\\d-\\d\\d");
        assertThat(file.getProperty(id + ".source")).isNotBlank();
        assertThat(Files.readString(TABLE))
                .containsPattern("\\| `" + id + "(=HOST)?` \\|.*" + file.getProperty(id + ".date") + " \\|");
    }

    @Test
    void noPatternClaimsTheAddressOfAnotherClient() {
        for (KnownClient owner : KnownClients.all()) {
            for (String address : examples(owner.documents())) {
                assertThat(KnownClients.byDocument(address))
                        .as(address)
                        .map(KnownClient::id)
                        .contains(owner.id());
            }
            for (String address : examples(owner.redirectUris())) {
                assertThat(KnownClients.all().stream()
                                .filter(known -> known.receivesAt(address))
                                .map(KnownClient::id))
                        .as(address)
                        .containsExactly(owner.id());
            }
        }
    }

    /** A host of an installation is an administrator's choice; even the same host for two products keeps them apart. */
    @Test
    void noTwoPatternsCanClaimOneAddress() throws IOException {
        List<String> shared = new ArrayList<>();
        for (String member : List.of(".documents", ".redirect-uris")) {
            List<List<String>> clients = addresses(member);
            for (int i = 0; i < clients.size(); i++) {
                for (List<String> other : clients.subList(i + 1, clients.size())) {
                    for (String one : clients.get(i)) {
                        other.stream()
                                .filter(address -> AddressPattern.meet(one, address))
                                .forEach(address -> shared.add(one + " and " + address));
                    }
                }
            }
        }
        assertThat(shared)
                .as("the exact address goes before the pattern, and both are the same vendor's")
                .containsExactly("https://chatgpt.com/oauth/{id}/client.json and "
                        + "https://chatgpt.com/oauth/codex/client.json");
        assertThat(KnownClients.byDocument("https://chatgpt.com/oauth/codex/client.json"))
                .map(KnownClient::id)
                .contains("codex");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/{id}/cb, https://a.example/x/cb, true",
        "https://a.example/{id}/cb, https://a.example/{id}/cb, true",
        "https://a.example/{id}/cb, https://a.example/x/{id}, true",
        "https://a.example/{id}, https://a.example/mcp:{id}, true",
        "https://a.example/{id}/cb, https://a.example/x/y/cb, false",
        "https://a.example/{id}/cb, https://a.example/x/other, false",
        "https://a.example/{id}/cb, https://b.example/x/cb, false",
        "https://a.example/{id}/cb, http://a.example/x/cb, false",
        "https://a.example/{id}, https://a.example/x.y, false",
        "https://a.example/a:{id}, https://a.example/b:{id}, false",
        "https://a.example/{id}-cb, https://a.example/{id}cb, true",
        "https://a.example/{id}?a, https://a.example/{id}?b, false",
        "https://a.example/cb, https://a.example/cb/, false"
    })
    void twoPatternsMeetWhereOneAddressMatchesBoth(String one, String other, boolean meet) {
        assertThat(AddressPattern.meet(one, other)).isEqualTo(meet);
        assertThat(AddressPattern.meet(other, one)).isEqualTo(meet);
    }

    @ParameterizedTest
    @CsvSource({
        "n8n=automation.example.com, https://automation.example.com/rest/oauth2-credential/callback",
        "dify=flows.corp.example, https://flows.corp.example/console/api/mcp/oauth/callback",
        "librechat=chat.corp.example, https://chat.corp.example/api/mcp/weather/oauth/callback",
        "open-webui=chat.corp.example:8443, https://chat.corp.example:8443/oauth/clients/mcp:weather/callback"
    })
    void aProductWithItsOwnHostIsAcceptedAtThatHost(String entry, String redirectUri) {
        KnownClient installed = KnownClients.installed(entry).orElseThrow();
        assertThat(installed.receivesAt(redirectUri)).isTrue();
        assertThat(installed.receivesAt(redirectUri.replace("example", "evil.example")))
                .isFalse();
        assertThat(KnownClients.all()).doesNotContain(installed);
        assertThat(KnownClients.proven("", List.of(redirectUri))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"n8n", "n8n=", "n8n=*.example.com", "n8n=https://x.example.com", "vscode=x.example.com", "=x"})
    void noOtherEntryIsAnInstallation(String entry) {
        assertThat(KnownClients.installed(entry)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "helper=https://helper.example.com/cb, https://helper.example.com/cb",
        "helper=https://helper.example.com/cb/{id}, https://helper.example.com/cb/a1",
        "helper=https://helper.example.com/{id}/cb?x=1, https://helper.example.com/a1/cb?x=1",
        "my-app=com.example.app:/cb, com.example.app:/cb"
    })
    void anAdministratorAddsAClient(String entry, String redirectUri) {
        assertThat(KnownClients.own(entry).orElseThrow().receivesAt(redirectUri))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "helper",
                "=https://helper.example.com/cb",
                "Helper=https://helper.example.com/cb",
                "vscode=https://helper.example.com/cb",
                "helper=https://vscode.dev/redirect",
                "helper=https://chatgpt.com/connector/oauth/{id}",
                "helper=https://chatgpt.com/connector/oauth/a1",
                "helper=https://chatgpt.com/{id}",
                "helper=https://claude.ai/api/mcp/{id}",
                "helper=http://helper.example.com/cb",
                "helper=http://localhost/cb",
                "helper=https://{id}.example.com/cb",
                "helper=https://{id}/cb",
                "helper=https://helper.example.com/cb{id}",
                "helper=https://helper.example.com/{id}x",
                "helper=https://helper.example.com/{id}/{id}",
                "helper=https://helper.example.com/cb?to=/{id}",
                "helper=https://helper.example.com/*",
                "helper=https://helper.example.com/{host}",
                "helper=javascript:alert(1)",
                "helper=file://helper/cb",
                "helper=blob://helper/cb"
            })
    void nothingThatTheListItselfCouldNotHold(String entry) {
        assertThat(KnownClients.own(entry)).isEmpty();
    }

    @Test
    void aProductWithAHostOfItsOwnIsNoKnownClientUntilASettingNamesTheHost() {
        assertThat(KnownClients.installedIds())
                .isNotEmpty()
                .allSatisfy(id -> assertThat(KnownClients.byId(id)).isEmpty());
    }

    static Stream<String> ids() throws IOException {
        return new TreeSet<>(file().stringPropertyNames())
                .stream().filter(key -> key.endsWith(".name")).map(key -> key.replace(".name", ""));
    }

    /** The addresses of each listed client; every installation at one and the same host. */
    private static List<List<String>> addresses(String member) throws IOException {
        Properties file = file();
        return new TreeSet<>(file.stringPropertyNames())
                .stream()
                        .filter(key -> key.endsWith(member))
                        .map(key -> file.getProperty(key).replace("{host}", "installed.example"))
                        .map(text -> List.of(text.strip().split("\\s+", -1)))
                        .toList();
    }

    private static List<String> examples(List<String> addresses) {
        return addresses.stream()
                .flatMap(address -> Stream.of("codex", "client", "a1-_B").map(id -> address.replace("{id}", id)))
                .filter(address ->
                        !address.equals("https://chatgpt.com/oauth/codex/client.json") || addresses.contains(address))
                .distinct()
                .toList();
    }

    private static Properties file() throws IOException {
        Properties file = new Properties();
        try (InputStream bytes =
                Objects.requireNonNull(KnownClients.class.getResourceAsStream("known-clients.properties"))) {
            file.load(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        }
        return file;
    }
}
